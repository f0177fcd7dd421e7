/**
 * Turns of phrase by which people refuse further messages. A hit puts the text before a human; it denies nothing by
 * itself, so a pattern may be generous.
 */
const PATTERNS: readonly RegExp[] = [
  // English
  /\b(stop|quit|cease|no more)\b.{0,40}\b(text|txt|messag|msg|sms|contact|spam|send|bother)/u,
  /\b(do ?n[o']?t|never|not)\b.{0,30}\b(text|txt|messag|msg|contact|write|bother|send)\w*.{0,20}\b(me|again|anymore|any more|this)\b/u,
  /\b(take|remove|delete|get)\b.{0,20}\b(me|my number)\b.{0,30}\b(off|from|list)\b/u,
  /\b(remove me|leave me alone|opt me out|wrong number|unsubscribe me|not interested|please stop|stop it|stop this)\b/u,
  // German
  /\b(keine?|nie wieder|nicht mehr)\b.{0,40}\b(nachricht|sms|werbung|text|schreib|schick|kontaktier)/u,
  /\b(hör|hoer|hören|hoeren)\b.{0,20}\bauf\b|\baufhören\b|\bin ruhe\b|\baustragen\b|\babmelden\b|\babbestellen\b|\bfalsche nummer\b/u,
  // French
  /\b(arr[eê]te[zr]?|cesse[zr]?)\b.{0,40}\b(message|sms|texto|[eé]cri|envoy|contact|spam)/u,
  /\b(ne (m['e] ?|nous )?.{0,20}plus|plus de (message|sms|texto|pub))|\bd[eé]sabonne|\bd[eé]sinscri|\blaissez[- ]moi tranquille\b|\bfaux num[eé]ro\b/u,
  // Spanish
  /\b(deja|dejen|dejad|dejar|no)\b.{0,30}\b(de )?(env|mand|escrib|molest|contact)\w*|\bno quiero\b.{0,30}\b(mensaj|sms|m[aá]s)|\bdarme de baja\b|\bdame de baja\b|\bn[uú]mero equivocado\b/u,
  // Italian
  /\b(smett\w+|basta|non)\b.{0,30}\b(messagg|sms|scriver|scrivet|invia|contatt|mandar|mandate)|\bcancellatemi\b|\bdisiscriv/u,
  // Portuguese
  /\b(par[ae]m?|n[aã]o)\b.{0,30}\b(envi|mand|mensag|sms|contat|perturb)|\bn[aã]o quero (receber|mais)\b|\bdescadastr/u,
  // Dutch
  /\b(stop|geen|niet meer)\b.{0,30}\b(berichten|bericht|sms|sturen|stuur|appen|contact)|\bafmelden\b|\buitschrijven\b/u,
  // Polish
  /\b(nie|prosz[eę] nie)\b.{0,20}\b(wysy[lł]a|pisz|pisa[cć]|kontakt)|\bwypisz\b|\bprzesta[nń]/u,
];

/** Whether a text reads like a refusal in free words: “please stop texting me”. */
export function looksLikeRefusal(text: string): boolean {
  const plain = text.normalize('NFC').toLowerCase().replaceAll('’', "'").replace(/\s+/g, ' ').slice(0, 2000);
  return PATTERNS.some((pattern) => pattern.test(plain));
}
