/** Legal forms of firms by family; spellings of one family stand for one another. `any` goes with every family.
 *  Phrases first, since they hold shorter ones. */
const FAMILIES: Readonly<Record<string, string>> = {
  share:
    'public joint stock company,publichnoe aktsionernoe obshchestvo,aktsionernoe obshchestvo,open joint stock company,closed joint stock company,joint stock company,public limited company,societe anonyme,sociedad anonima,aktiengesellschaft,aktieselskab,plc,ag,jsc,ojsc,cjsc,pjsc,oao,zao,pao,ao,sa,spa,nv,asa,oyj',
  limited:
    'limited liability company,societatea cu raspundere limitata,obshchestvo s ogranichennoi otvetstvennostiu,sociedad de responsabilidad limitada,gesellschaft mit beschrankter haftung,societe a responsabilite limitee,limited liability partnership,gmbh,llc,llp,ooo,sarl,srl,bvba,bv,sro,sp z oo,spzoo,doo,too,oy',
  any: 'incorporated,corporation,company limited,company,limited,inc,corp,co,ltd,lp,pte,pvt,pty',
};

const FORMS: readonly (readonly [string, string])[] = Object.entries(FAMILIES)
  .flatMap(([family, list]) => list.split(',').map((form) => [form, family] as const))
  .sort((a, b) => b[0].length - a[0].length || (a[0] < b[0] ? -1 : 1));

/** A folded, punctuation-free name without its legal forms, and the family they name (`''` none). Nothing is taken off a name that is a form alone. */
export function withoutLegalForm(name: string): { rest: string; family: string } {
  let text = ` ${name} `;
  let family = '';
  for (const [form, of] of FORMS) {
    const at = text.indexOf(` ${form} `);
    if (at < 0) continue;
    const rest = `${text.slice(0, at)} ${text.slice(at + form.length + 2)}`;
    if (rest.trim() === '') continue;
    text = rest;
    if (of !== 'any') family = of;
  }
  return { rest: text.replace(/ +/g, ' ').trim(), family };
}
