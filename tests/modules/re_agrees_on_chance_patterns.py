# Patterns, texts and positions made by chance: everything that a pattern can do with a text, as CPython does it.
import random
import re
import warnings

warnings.simplefilter('ignore')
r = random.Random(1)
ALPHA = ['a','b','c','A','B','\n',' ','1','_','-','é','É','ß','ſ','K','я','Я','日','\U0001F600','\ud800','İ','ı','\xa0']
LIT = ['a','b','c','ab','A','1','é','я','日','\\n',' ','\\.','-','_','\\u0430','\\x61','\\U0001F600','\ud800','ſ','k','i']
CLS = ['\\d','\\w','\\s','\\D','\\W','\\S','.','[ab]','[^a]','[a-c]','[^\\n]','[\\w-]','[^\\d\\s]','[é-я]','[a\\d]','[A-Z]','[^é]','[\\W_]','[]a]','[^]a]','[a-]','[\\b]','[а-яa]','[\\S\\s]']
AT = ['^','$','\\b','\\B','\\A','\\Z','\\z']
names = ['x','yy','zé']
def atom(d, st):
    k = r.random()
    if d <= 0 or k < .35: return r.choice(LIT)
    if k < .55: return r.choice(CLS)
    if k < .62: return r.choice(AT)
    if k < .76:
        st['g'] += 1
        if r.random() < .25:
            return '(?P<%s>%s)' % (r.choice(names), alt(d-1, st))
        return '(' + alt(d-1, st) + ')'
    if k < .84: return '(?:' + alt(d-1, st) + ')'
    if k < .87: return '(?=' + alt(d-1, st) + ')'
    if k < .89: return '(?!' + alt(d-1, st) + ')'
    if k < .92: return r.choice(['(?<=','(?<!']) + r.choice([seq(0, st), r.choice(LIT), r.choice(CLS)]) + ')'
    if k < .94: return '(?>' + alt(d-1, st) + ')'
    if k < .96: return '\\%d' % r.randint(1, max(1, st['g']))
    if k < .97: return '(?P=%s)' % r.choice(names)
    if k < .985: return '(?(%s)%s|%s)' % (r.choice([str(r.randint(1, max(1,st['g']))), 'x']), seq(d-1, st), seq(d-1, st))
    return '(?%s:%s)' % (r.choice(['i','s','m','i-s','-i','a','u','x']), alt(d-1, st))
def rep(d, st):
    a = atom(d, st)
    k = r.random()
    if k < .4:
        q = r.choice(['*','+','?','{2}','{1,2}','{0,1}','{,2}','{2,}','{0}','{1}'])
        return a + q + r.choice(['','','','?','+'])
    return a
def seq(d, st): return ''.join(rep(d, st) for _ in range(r.randint(0 if r.random() < .1 else 1, 3)))
def alt(d, st): return '|'.join(seq(d, st) for _ in range(r.choice([1,1,1,2,3])))
def noise(p):
    if r.random() < .12 and p:
        i = r.randrange(len(p))
        p = p[:i] + r.choice(['(',')','[',']','{','}','*','+','?','\\','|','^','$','(?','(?P<','(?P=','(?(','(?i)','(?-','-','\\1','\\x','\\u','\\N{','\\9','(?#','(?L)','(?z)']) + p[i:]
    return p
def show(m): return None if m is None else (m.regs, m.lastindex, m.lastgroup, m.groups())
for i in range(160):
    r.seed(2_000_003 + i)
    st = {'g': 0}
    p = noise(alt(r.randint(1, 3), st))
    fl = 0
    for f in (2, 8, 16, 64, 256):
        if r.random() < .15: fl |= f
    text = ''.join(r.choice(ALPHA[:9] if r.random() < .6 else ALPHA) for _ in range(r.randint(0, 12)))
    if r.random() < .3: text = ''.join(r.choice('aabbc1 \n') for _ in range(r.randint(0, 14)))
    isb = r.random() < .15
    if isb:
        p = p.encode('latin1', 'replace'); text = text.encode('latin1', 'replace')
        if r.random() < .2: fl = (fl | 4) & ~256
    out = [i, p, fl, text]
    try:
        c = re.compile(p, fl)
    except (re.error, OverflowError, ValueError, RecursionError) as e:
        out += [type(e).__name__, str(e), getattr(e,'pos',None)]
        print(ascii(out)); continue
    pos, end = r.randint(0, len(text)), r.randint(0, len(text) + 2)
    try:
        out += [c.groups, dict(c.groupindex), c.flags, show(c.match(text)), show(c.search(text)), show(c.fullmatch(text)),
            show(c.search(text, pos)), show(c.search(text, pos, end)), show(c.match(text, pos)), show(c.fullmatch(text, pos, end)),
            c.findall(text), c.split(text), [m.span() for m in c.finditer(text, pos, end)]]
        t = r.choice(['<\\g<0>>', '-', '', '\\1', '\\n'])
        if isb: t = t.encode()
        out += [c.subn(t, text)]
        out += [c.sub(lambda m: m.group()[::-1], text, 2)]
        sc = c.scanner(text)
        l = []
        for _ in range(4):
            m = sc.match() if r.random() < .5 else sc.search()
            l.append(m and m.span())
        out.append(l)
    except Exception as e:
        out += [type(e).__name__, str(e)]
    print(ascii(out))
