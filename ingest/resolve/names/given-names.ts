/** English given names with their short and pet forms, and spellings of one name across languages; one name a group, several groups a word
 *  (Pat is Patrick or Patricia). Common knowledge, written out here; not complete. */
const GROUPS = `abigail abby gail
abraham abe abram
adelaide addie
albert al bert bertie
alexander alex alec sandy aleksandr alejandro sasha
alexandra alex sandra sasha lexi
alfred al fred alf
alice alicia allie
amanda mandy
andrew andy drew andre andrei andreas
angela angie
ann anne anna annie nan
anthony tony antonio anton
arthur art artie
barbara barb babs barbie
benjamin ben benny
bernard bernie
beverly bev
bradley brad
calvin cal
cameron cam
caroline carrie carolyn
catherine kathy cathy kate katie katherine kathleen kitty katharine kay
charles charlie chuck chas carlos carl
christian chris
christina chris tina christine kristina christy
christopher chris kit topher
clifford cliff
cynthia cindy
daniel dan danny
david dave davey davy
deborah debbie deb debra
dennis denny
donald don donny
dorothy dot dottie dolly
douglas doug
edmund ed ned eddie ted
edward ed eddie ned ted teddy eduardo
eleanor ellie nora nell elinor
elizabeth liz beth betty eliza lizzie betsy libby elsie bess elisabeth
emily em millie
ellen ellie nell
emma em
eugene gene
evelyn evie
florence flo flossie
frances fran fanny francine
francis frank francisco franz
franklin frank
frederick fred freddie freddy friedrich
gabriel gabe
gabrielle gabby
geoffrey geoff jeff jeffrey
george georgie georg jorge giorgio
gerald gerry jerry
gregory greg
harold harry hal
harriet hattie
helen nell nellie helene elena
henry hank harry hal heinrich enrique
herbert herb bert
howard howie
ian iain
irene rene
isaac ike
isabel isabella bella izzy belle
jacob jake jack
jacqueline jackie
james jim jimmy jamie jem jaime
jane jenny janie
janet jan
jason jay
jean jeanne jeannie
jennifer jen jenny
jerome jerry
jessica jess jessie
joan joanie
joanna jo joanne
john jack johnny jon juan johann giovanni ivan jean
jonathan jon john johnny
joseph joe joey jose giuseppe josef
joshua josh
judith judy
julia julie
kenneth ken kenny
kimberly kim
lawrence larry laurence lorenzo
leonard leo len lenny
leslie les
lillian lily lil
louis lou louie luis luigi ludwig lewis
louise lou
lucille lucy
magdalena lena maggie
margaret maggie meg peg peggy marge margie rita greta daisy madge margarita
maria mary marie
martha patty marty
martin marty
mary molly polly may mae
matilda tilly mattie
matthew matt
maurice morris morrie mo
michael mike mick mickey mikey miguel michel mikhail
michelle shelly
mildred millie
mitchell mitch
mohammed mohamed muhammad muhammed mohammad mohd mhd md mehmet
nancy nan
nathan nate nat
nathaniel nate nat nathan
nicholas nick nicky nicolas nikolai nico
nicole nicky
norman norm
oliver ollie
pamela pam
patricia pat patty trish tricia patsy
patrick pat paddy
paul pablo paolo pavel
paula polly
peter pete pedro pierre pietro
philip phil felipe philippe
phyllis phyl
priscilla cilla
rachel rae
randall randy
raphael rafael raf
raymond ray raymundo
rebecca becky becca
reginald reg reggie
richard rick dick rich ricky richie ricardo
robert bob rob bobby robbie bert roberto robby
roderick rod roddy rory
rodney rod
roger rog
ronald ron ronnie
rosemary rose rosie
russell russ
ruth ruthie
samantha sam
samuel sam sammy
sandra sandy
sarah sally sadie sara
scott scotty
sebastian seb bastian
sharon shari
sidney sid
simon si
sophia sophie sofia
stanley stan
stephanie steph
stephen steve steven stefan esteban stevie
susan sue susie susanne susanna suzanne suzy
sylvia syl
terence terry
teresa terry tess theresa tessa
theodore ted teddy theo
thomas tom tommy tomas
timothy tim timmy
tobias toby
valerie val
veronica ronnie
victor vic
victoria vicky tori
vincent vince vinny vincenzo
virginia ginny
walter walt wally
wendy gwendolyn gwen
wesley wes
wilhelmina mina
william will bill billy willie liam wilhelm guillermo
winifred winnie
zachary zach zack`;

const _groupsOf = new Map<string, number[]>();
GROUPS.split('\n').forEach((line, g) => {
  for (const name of line.split(' ')) {
    const list = _groupsOf.get(_head(name)) ?? [];
    if (!list.includes(g)) list.push(g);
    _groupsOf.set(_head(name), list);
  }
});

/** Pet names end in -y, -ie or -ey as it comes. */
function _head(name: string): string {
  return name.length > 3 ? name.replace(/(?:ie|ey|i)$/, 'y') : name;
}

/** Whether two folded given names stand for one another: forms of one name. */
export function isPetName(a: string, b: string): boolean {
  const left = _groupsOf.get(_head(a));
  const right = _groupsOf.get(_head(b));
  return left !== undefined && right !== undefined && left.some((g) => right.includes(g));
}

const GENERATIONS = new Map(
  Object.entries({ senior: 1, sr: 1, snr: 1, i: 1, junior: 2, jr: 2, jnr: 2, ii: 2, iii: 3, iv: 4 }),
);

/** The generation a name's words state (senior 1, junior 2, III 3), at the end of a name of two words or more or of its parts; 0 = none. Takes the word out. */
export function takeGeneration(words: string[]): number {
  for (let i = words.length - 1; i > 0; i--) {
    const g = GENERATIONS.get(words[i]!);
    if (g === undefined) continue;
    words.splice(i, 1);
    return g;
  }
  return 0;
}
