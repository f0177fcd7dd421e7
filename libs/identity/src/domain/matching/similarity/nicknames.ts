/** Formal names with the short and sister forms that people use for them. */
const FORMS = `
alexander alex alec al sandy xander sasha alejandro alessandro alexandre alistair
alexandra alex sandra sandy alexa sasha lexi
alfred alf fred freddie freddy alfie alfredo
albert al bert bertie alberto
abigail abby abbie gail
agnes aggie nessie ines
amelia amy millie milly emily
andrew andy drew andreas andre andrea anders andres
angela angie ange
anne ann anna annie nan nancy hannah anita anja
anthony tony ant antonio anton antoine toni
arthur art artie arturo
barbara barb babs barbie
bartholomew bart barry
benjamin ben benny benji benjamim
bernard bernie barney bernhard bernardo
beatrice bea trixie beatrix beatriz
bridget biddy bridie brigitte
caroline carrie caro carolyn carol lina
catherine cathy kate katie kathy kitty cat katherine kathryn catharine kathleen katarina caterina kay karen trina
charles charlie chuck chas carl karl carlos carlo
charlotte charlie lottie lotte
christine chris chrissie tina christina kristina kirsten
christopher chris kit topher kristof christophe christoph
clarence clare
cornelius con neil corneille
daniel dan danny danilo
david dave davey davie dai davide
deborah deb debbie debra
dorothy dot dottie dolly dora dorothea
donald don donny
douglas doug
edmund ed eddie ned ted edmond
edward ed eddie ned ted teddy eduard eduardo edouard
eleanor ellie nell nellie nora leonora ellen helen elinor
elizabeth liz beth betty bess lizzie eliza elsie libby lisa betsy elisabeth isabel bessie lilian
emily em emmy millie emilia
emma em
ernest ernie ernst ernesto
ethel effie
eugene gene eugen
evelyn eve evie eva
florence flo flossie florrie
frances fran fanny frankie francesca francoise franziska
francis frank fran franz francisco francesco francois franklin frankie
frederick fred freddie freddy frederic friedrich fritz federico
gabriel gabe gabby
geoffrey geoff jeff jeffrey jeffery
george georgie jorge georg giorgio georges
gerald gerry jerry gerard gerhard
gertrude gertie trudy
gilbert gil bert
giovanni john gianni
gregory greg gregor
grace gracie
harold harry hal
harriet hattie harriett
helen nell nellie ellen elena helena lena
henry harry hank hal enrique henri enrico heinrich
herbert herb bert bertie
hubert hugh bert
hugh hughie hugo
isaac ike
isabella bella isabel izzy isabelle isobel ella
jacob jake jakob
jacqueline jackie jacqui
james jim jimmy jamie jamey jem jaime jacques jakob giacomo
jane jean janet jenny janie joan jeanne
jennifer jen jenny jenna
jeremiah jerry jeremy
jessica jess jessie
joanna jo joan joanne johanna
john jack johnny jon ian jock sean juan johann johannes jean jan hans evan jonny
jonathan jon jonny nathan
joseph joe joey jose josef giuseppe jo
josephine jo josie josefine
joshua josh
julia julie giulia jules
judith judy
kenneth ken kenny
kimberly kim
lawrence larry laurie lorenzo laurence laurent lars
leonard leo len lenny leonardo
leo leon lee
lewis lou louis lew luis luigi ludwig
lillian lily lil lilian
louisa lou louise luisa
lucy lucia lucie lucinda
madeline maddie maddy madeleine madelaine
margaret maggie meg peggy madge marge margie greta rita daisy maisie margarita marguerite
maria mary marie mia maria
mary molly polly may mamie maria marie miriam mae minnie
martha mattie patty marta
martin marty martyn martino
matilda tilly mattie maud maude
matthew matt matty mateo matteo matthias mathieu
maximilian max
maurice mo morris moritz
michael mike mick mickey micky miguel michel michele mikael mitch mischa
mildred millie
mohammed mohamed muhammad mohammad mo ahmed
nathaniel nat nate nathan nathanael
nicholas nick nicky nico nicolas klaus niklas colin nicola
oliver ollie olly olivier
olivia liv livvy
pamela pam
patricia pat patty trish tricia patsy
patrick pat paddy patricio
paul pablo paolo pauly
peter pete pedro pietro pierre piet
philip phil pip felipe phillip filippo philippe
priscilla cilla prissy
rachel rae rach rachael
ralph rafe raoul
raymond ray ramon
rebecca becky becca bec
reginald reg reggie rex
richard rick dick rich richie ricky ricardo riccardo
robert bob rob bobby robbie bert roberto robin rupert
roger rodge hodge
ronald ron ronnie
rosemary rose rosie
rose rosie rosa rosalind
samuel sam sammy
samantha sam sammie
sarah sally sadie sara
sebastian seb bastian
sophia sophie sofia zofia
stanley stan
stephen steve steven stevie stefan esteban etienne stephan
stephanie steph stefanie
susan sue susie suzie susanna suzanne susannah
sylvester syl
terence terry terrence
theodore ted teddy theo theodor
theresa tess terry tessa teresa therese
thomas tom tommy tomas tam thom tommaso
timothy tim timmy
valentine val
victor vic viktor vittorio
victoria vicky tori vicki viktoria
vincent vince vinny vincenzo
virginia ginny
walter walt wally wat
wilfred wilf fred
wilhelmina mina minnie billie
william bill will billy willie wilhelm guillermo guillaume liam wm
winifred winnie freda
zachary zach zack zac
`;

function rootsByForm(): ReadonlyMap<string, readonly string[]> {
  const roots = new Map<string, string[]>();
  for (const line of FORMS.trim().split('\n')) {
    const [root, ...forms] = line.split(' ');
    for (const form of [root, ...forms] as string[]) {
      const known = roots.get(form) ?? [];
      known.push(root as string);
      roots.set(form, known);
    }
  }
  return roots;
}

const ROOTS = rootsByForm();

/** Formal names that a given name may stand for; none when it is not known to stand for another. */
export function formalNames(given: string): readonly string[] {
  return ROOTS.get(given) ?? [];
}

/** True when both may be forms of one name: Bob and Robert, Peggy and Margaret. */
export function areNicknames(a: string, b: string): boolean {
  const left = ROOTS.get(a);
  const right = ROOTS.get(b);
  return left !== undefined && right !== undefined && left.some((root) => right.includes(root));
}
