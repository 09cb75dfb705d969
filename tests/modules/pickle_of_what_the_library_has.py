# Enums, dataclasses, containers, dates, exceptions, iterators and the rest, there and back in every protocol.
import pickle, copy, datetime, collections, enum, dataclasses, array, random, itertools, functools, operator, io, re, types, weakref, threading, queue, string, pathlib, struct
def show(label, o, eq=True, wire=True):
    for p in range(6):
        try:
            d = pickle.dumps(o, p)
            r = pickle.loads(d)
            print(label, p, d if wire and p < 4 and len(d) < 400 else '', (r == o if eq else ''), type(r).__name__)
        except BaseException as e:
            print(label, p, type(e).__name__, e, getattr(e,'__notes__',''))
class Color(enum.Enum): RED=1; BLUE='b'
class F(enum.Flag): A=1; B=2
class IE(enum.IntEnum): X=5
class SE(enum.StrEnum): X='x'
@dataclasses.dataclass
class DC: x: int; y: list = dataclasses.field(default_factory=list)
@dataclasses.dataclass(frozen=True, slots=True)
class DS: x: int; y: str = 'q'
P = collections.namedtuple('P', 'x y')
show('enum', Color.RED); show('flag', F.A|F.B); show('ie', IE.X); show('se', SE.X); show('enumcls', Color)
show('dc', DC(1,[2])); show('ds', DS(1)); show('nt', P(1,2))
show('deque', collections.deque([1,2],5)); show('od', collections.OrderedDict(a=1,b=2)); show('dd', collections.defaultdict(list, a=[1])); show('counter', collections.Counter('aab')); show('cm', collections.ChainMap({1:2})); show('ud', collections.UserDict(a=1)); show('ul', collections.UserList([1])); show('us', collections.UserString('x'))
D=datetime
show('date', D.date(2020,1,2)); show('time', D.time(1,2,3,4)); show('dt', D.datetime(2020,1,2,3,4,5,6), wire=False); show('td', D.timedelta(1,2,3)); show('tz', D.timezone(D.timedelta(hours=1))); show('dtz', D.datetime(2020,1,2,tzinfo=D.timezone.utc), wire=False); show('utc', D.timezone.utc)
show('array', array.array('i',[1,2,3]), wire=False); show('range', range(1,10,2)); show('slice', slice(1)); show('complex', 1+2j)
show('exc', ValueError('a',1), False); show('oserr', FileNotFoundError(2,'no','f'), False); show('ke', KeyError('x'), False); show('unicode', UnicodeDecodeError('a',b'b',0,1,'c'), False); show('stop', StopIteration(5), False); show('eg', ExceptionGroup('x',[ValueError(1)]), False, False); show('ie', ImportError('x',name='n',path='p'), False); show('ae', AttributeError('x', name='n', obj=5), False)
e=ValueError(1); e.foo=2; e.add_note('n'); show('exc attrs', e, False)
r=random.Random(5); d=pickle.dumps(r); r2=pickle.loads(d); print(r.random()==r2.random(), len(d))
for it in [iter([1,2]), iter((1,2)), iter('ab'), iter({1:2}), iter({1}), iter(range(3)), reversed([1,2]), enumerate([1]), zip([1],[2]), map(len,['a']), filter(None,[1]), iter(b'ab'), iter(bytearray(b'ab')), iter({1:2}.items()), iter({1:2}.values()), itertools.count(3), itertools.cycle([1]), itertools.chain([1],[2]), itertools.repeat(1,2), itertools.islice([1,2],1), itertools.product([1],[2]), itertools.groupby([1])]:
    show('it '+type(it).__name__, it, False)
show('partial', functools.partial(int, base=2), False); show('attrgetter', operator.attrgetter('a.b'), False); show('itemgetter', operator.itemgetter(1,2), False); show('methodcaller', operator.methodcaller('x',1,a=2), False)
show('bytesio', io.BytesIO(b'ab'), False); show('stringio', io.StringIO('ab'), False); show('re', re.compile('a+', re.I)); show('ns', types.SimpleNamespace(a=1)); show('mpt', types.MappingProxyType({}), False); show('ga', list[int]); show('union', int|str, wire=False); show('lock', threading.Lock(), False); show('path', pathlib.PurePosixPath('/a/b')); show('struct', struct.Struct('i'), False); show('wr', weakref.ref(Color), False); show('cell', (lambda x: lambda: x)(1).__closure__[0], False); show('code', (lambda:0).__code__, False); show('prop', property(), False); show('sm', staticmethod(len), False); show('super', super(DC, DC(1)), False); show('Random', random.Random, True); show('none', None); show('fn', show); show('bi', len); show('meth', DC(1).__eq__, False); show('cmeth', dict.fromkeys, False); show('str.join', str.join); show('obj', object(), False); show('type', type); show('nonetype', type(None)); show('func_lru', functools.lru_cache(show), False); show('time.struct_time', __import__('time').gmtime(0)); show('template', string.Template('a'), False); show('local', threading.local(), False); show('queue', queue.Queue(), False); show('dkeys', {1:2}.keys(), False); show('mv', memoryview(b'a'), False); show('frame', __import__('sys')._getframe(), False); show('mod', io, False); show('simplequeue', queue.SimpleQueue(), False); show('event', threading.Event(), False)
