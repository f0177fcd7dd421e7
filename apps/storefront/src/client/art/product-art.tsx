import type { CSSProperties, ReactNode } from 'react';
import type { ArtKind } from '../../catalogue/product.js';

/** Drawings of 200 × 200. `--tone` is the product's colour; `k-…` classes are shared inks. */
const drawings: Record<ArtKind, ReactNode> = {
  bag: (
    <>
      <path className="k-tone" d="M62 52h76l8 112a8 8 0 0 1-8 8H62a8 8 0 0 1-8-8z" />
      <path className="k-shade" d="M118 52h20l8 112a8 8 0 0 1-8 8h-12z" />
      <path className="k-dark" d="M60 36h80l-2 18H62z" />
      <rect className="k-cream" x="74" y="84" width="52" height="58" rx="3" />
      <path className="k-line" d="M84 98h32M84 108h22" />
      <ellipse className="k-dark" cx="100" cy="126" rx="8" ry="10" transform="rotate(24 100 126)" />
      <path className="k-thin-cream" d="M97 118c6 5 0 10 6 16" />
    </>
  ),
  cone: (
    <>
      <path className="k-cream" d="M50 58h100l-34 58H84z" />
      <path className="k-soft" d="M122 58h28l-34 58h-8z" />
      <path className="k-line" d="m76 66 18 44m30-44-18 44m-6-44v44" />
      <rect className="k-tone" x="62" y="116" width="76" height="11" rx="5" />
      <path className="k-glass" d="M74 130h52l9 34a8 8 0 0 1-8 8H73a8 8 0 0 1-8-8z" />
      <path className="k-dark" d="m69 150-4 14a8 8 0 0 0 8 8h54a8 8 0 0 0 8-8l-4-14z" />
      <path className="k-ring" d="M150 70c18-2 18 24-2 24" />
    </>
  ),
  press: (
    <>
      <rect className="k-tone" x="62" y="64" width="70" height="108" rx="9" />
      <path className="k-shade" d="M112 64h11a9 9 0 0 1 9 9v90a9 9 0 0 1-9 9h-11z" />
      <rect className="k-dark" x="56" y="52" width="82" height="14" rx="7" />
      <path className="k-metal" d="M95 28h4v26h-4z" />
      <circle className="k-dark" cx="97" cy="26" r="8" />
      <path className="k-ring" d="M132 82h12a12 12 0 0 1 12 12v36a12 12 0 0 1-12 12h-12" />
      <path className="k-thin-cream" d="M74 84v66" />
    </>
  ),
  moka: (
    <>
      <path className="k-metal" d="m70 110-10 54a7 7 0 0 0 7 8h66a7 7 0 0 0 7-8l-10-54z" />
      <path className="k-shade" d="m108 110 6 62h19a7 7 0 0 0 7-8l-10-54z" />
      <rect className="k-dark" x="66" y="98" width="68" height="13" rx="4" />
      <path className="k-metal" d="m66 98 6-46h56l6 46z" />
      <path className="k-shade" d="M104 52h24l6 46h-26z" />
      <path className="k-metal" d="m72 52-16 8 12 14z" />
      <path className="k-tone" d="M72 52c4-16 52-16 56 0z" />
      <circle className="k-dark" cx="100" cy="35" r="6" />
      <path className="k-ring k-dark-ring" d="M132 60h16a8 8 0 0 1 8 9l-4 30" />
    </>
  ),
  kettle: (
    <>
      <path className="k-metal-line" d="M70 146c-30 0-20-62-46-70" />
      <path className="k-tone" d="M64 92h76l12 72a8 8 0 0 1-8 8H60a8 8 0 0 1-8-8z" />
      <path className="k-shade" d="M114 92h26l12 72a8 8 0 0 1-8 8h-20z" />
      <rect className="k-dark" x="62" y="82" width="80" height="12" rx="6" />
      <path className="k-dark" d="M96 70h12v12H96z" />
      <circle className="k-cream" cx="102" cy="64" r="10" />
      <path className="k-line" d="m102 64 4-5" />
      <path className="k-ring k-dark-ring" d="M142 98c40-8 36 56 8 50" />
    </>
  ),
  grinder: (
    <>
      <path className="k-metal-line" d="M98 46V34h50" />
      <circle className="k-dark" cx="152" cy="34" r="10" />
      <path className="k-metal" d="M70 56c4-14 52-14 56 0v12H70z" />
      <rect className="k-tone" x="68" y="66" width="60" height="60" rx="5" />
      <path className="k-shade" d="M108 66h15a5 5 0 0 1 5 5v50a5 5 0 0 1-5 5h-15z" />
      <rect className="k-dark" x="64" y="124" width="68" height="9" rx="4" />
      <path className="k-glass" d="M72 133h52v32a8 8 0 0 1-8 8H80a8 8 0 0 1-8-8z" />
      <path className="k-dark" d="M72 152h52v13a8 8 0 0 1-8 8H80a8 8 0 0 1-8-8z" />
      <path className="k-thin-cream" d="M80 80v32" />
    </>
  ),
  scale: (
    <>
      <path className="k-dark" d="M34 132h132l6 24a8 8 0 0 1-8 9H36a8 8 0 0 1-8-9z" />
      <rect className="k-tone" x="40" y="118" width="120" height="16" rx="6" />
      <rect className="k-shade" x="112" y="118" width="48" height="16" rx="6" />
      <rect className="k-screen" x="72" y="141" width="56" height="16" rx="3" />
      <path className="k-screen-line" d="M84 149h10m6 0h4m6 0h8" />
      <path className="k-cream" d="M72 74h52v26a18 18 0 0 1-18 18H90a18 18 0 0 1-18-18z" />
      <path className="k-ring k-cream-ring" d="M124 82c18-2 18 22-3 22" />
      <path className="k-steam" d="M86 62c-6-8 6-12 0-20m22 20c-6-8 6-12 0-20" />
    </>
  ),
  mug: (
    <>
      <path className="k-tone" d="M52 74h82v64a30 30 0 0 1-30 30H82a30 30 0 0 1-30-30z" />
      <path className="k-shade" d="M110 74h24v64a30 30 0 0 1-30 30h-8c10-10 14-60 14-94z" />
      <ellipse className="k-cream" cx="93" cy="74" rx="41" ry="10" />
      <ellipse className="k-dark" cx="93" cy="75" rx="33" ry="6.5" />
      <path className="k-ring" d="M134 90c32-4 32 48-4 46" />
      <path className="k-specks" d="M68 104h.1M84 128h.1M76 146h.1M98 108h.1M92 148h.1M66 126h.1" />
      <path className="k-steam" d="M82 54c-8-9 8-14 0-24m24 24c-8-9 8-14 0-24" />
    </>
  ),
  rangefinder: (
    <>
      <rect className="k-tone" x="36" y="74" width="128" height="82" rx="10" />
      <path className="k-shade" d="M124 74h30a10 10 0 0 1 10 10v62a10 10 0 0 1-10 10h-30z" />
      <path className="k-metal" d="M46 60h108a8 8 0 0 1 8 8v18H38V68a8 8 0 0 1 8-8z" />
      <rect className="k-dark" x="112" y="66" width="22" height="14" rx="3" />
      <rect className="k-dark" x="58" y="68" width="12" height="10" rx="2" />
      <path className="k-metal" d="M50 50h18v10H50zM140 52h12v8h-12z" />
      <circle className="k-dark" cx="94" cy="118" r="34" />
      <circle className="k-metal" cx="94" cy="118" r="26" />
      <circle className="k-glass" cx="94" cy="118" r="18" />
      <circle className="k-dark" cx="94" cy="118" r="9" />
      <path className="k-thin-cream" d="M84 108c4-5 10-6 14-4" />
    </>
  ),
  folder: (
    <>
      <path
        className="k-dark"
        d="M44 60h112a8 8 0 0 1 8 8v92a8 8 0 0 1-8 8H44a8 8 0 0 1-8-8V68a8 8 0 0 1 8-8z"
      />
      <rect className="k-metal" x="36" y="52" width="128" height="14" rx="6" />
      <rect className="k-tone" x="84" y="36" width="34" height="18" rx="4" />
      <rect className="k-glass" x="92" y="40" width="18" height="10" rx="2" />
      <path className="k-tone" d="m62 80 76 0-12 74H74z" />
      <path className="k-line" d="m66 92 68 0m-66 12 64 0m-62 12 60 0m-58 12 56 0m-54 12 52 0" />
      <circle className="k-metal" cx="100" cy="118" r="26" />
      <circle className="k-dark" cx="100" cy="118" r="18" />
      <circle className="k-glass" cx="100" cy="118" r="10" />
      <path className="k-metal" d="M146 44h10v8h-10zM46 44h14v8H46z" />
    </>
  ),
  film: (
    <>
      <rect className="k-tone" x="44" y="64" width="62" height="98" rx="8" />
      <path className="k-shade" d="M88 64h10a8 8 0 0 1 8 8v82a8 8 0 0 1-8 8H88z" />
      <rect className="k-dark" x="40" y="56" width="70" height="12" rx="5" />
      <rect className="k-dark" x="40" y="158" width="70" height="12" rx="5" />
      <rect className="k-metal" x="66" y="44" width="18" height="14" rx="3" />
      <rect className="k-cream" x="52" y="92" width="46" height="40" rx="3" />
      <path className="k-line" d="M60 104h30M60 114h20" />
      <path className="k-dark" d="M106 76h54v76h-54z" />
      <path className="k-specks" d="M116 84h.1M130 84h.1M144 84h.1M116 144h.1M130 144h.1M144 144h.1" />
      <rect className="k-soft" x="116" y="94" width="34" height="40" rx="2" />
    </>
  ),
  flask: (
    <>
      <rect className="k-tone" x="72" y="66" width="56" height="108" rx="12" />
      <path className="k-shade" d="M108 66h8a12 12 0 0 1 12 12v84a12 12 0 0 1-12 12h-8z" />
      <rect className="k-metal" x="78" y="56" width="44" height="12" rx="3" />
      <path className="k-dark" d="M80 28h40a6 6 0 0 1 6 6v22H74V34a6 6 0 0 1 6-6z" />
      <path className="k-cream" d="m84 136 12-20 8 12 5-7 9 15z" />
      <path className="k-thin-cream" d="M84 82v18" />
    </>
  ),
};

/** A product, drawn on its own colour. */
export function ProductArt(props: { kind: ArtKind; tone: string; large?: boolean }): ReactNode {
  const style: CSSProperties & Record<'--tone', string> = { '--tone': props.tone };
  return (
    <span className={`art${props.large ? ' art-large' : ''}`} style={style}>
      <svg viewBox="0 0 200 200" aria-hidden="true">
        <ellipse className="k-ground" cx="100" cy="173" rx="66" ry="8" />
        {drawings[props.kind]}
      </svg>
    </span>
  );
}
