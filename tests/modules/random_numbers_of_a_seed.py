"""random: the numbers that a seed gives."""

import random
r=random.Random(42)
print([r.random() for _ in range(3)], r.getrandbits(100), r.getrandbits(5), r.randint(1,100), r.randrange(0,100,7), r.choice('abcdef'), r.uniform(1,2))
l=list(range(10)); r.shuffle(l); print(l, r.sample(range(100),5), r.sample(['a','b','c'],2), r.choices('abc',k=5), r.choices([1,2,3],weights=[1,2,3],k=4), r.choices([1,2],cum_weights=[1,5],k=3))
print(r.gauss(0,1), r.gauss(0,1), r.normalvariate(1,2), r.expovariate(2), r.betavariate(1,2), r.gammavariate(2,3), r.gammavariate(.5,1), r.gammavariate(1,1), r.triangular(), r.lognormvariate(0,1), r.vonmisesvariate(0,1), r.paretovariate(3), r.weibullvariate(1,2), r.binomialvariate(10,.3), r.binomialvariate(100,.5))
for s in (0,1,-5,2**70,'text',b'bytes',3.5,None and 0,bytearray(b'x')):
    if s is None: continue
    random.seed(s); print(random.random(), random.getrandbits(64))
st=random.getstate(); a=random.random(); random.setstate(st); print(a==random.random(), st[0], len(st[1]))
random.seed(7); print(random.randbytes(5), random.sample([1,2,3],counts=[2,3,1],k=3), random.randrange(10), random.randrange(5,6), random.randint(-3,3), random.randrange(2**80))
for f in (lambda: random.randrange(0), lambda: random.choice([]), lambda: random.sample([1],2), lambda: random.sample({1,2},1), lambda: random.choices([1],weights=[0]), lambda: random.randrange(1,1), lambda: random.seed([1]), lambda: random.randint(5,1), lambda: random.randrange(1.5), lambda: random.getrandbits(-1), lambda: random.choices([1,2],weights=[1]), lambda: random.choices([],k=1), lambda: random.randrange(1,5,0), lambda: random.expovariate(0), lambda: random.binomialvariate(-1)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class R(random.Random):
    def random(self): return .25
print(R().choice([1,2,3,4]), R().randrange(8), isinstance(random.SystemRandom().random(), float), 0<=random.SystemRandom().randrange(5)<5)
random.seed(1); random.shuffle(l); print(l, random.uniform(0,10), [random.randrange(3) for _ in range(10)])
random.seed(12345, version=2); print(random.random()); print(sorted(n for n in random.__all__))
for n in (0,111,112,113,126,127,128,129,300): random.seed('a'*n); print(n, random.random())

# States of the second version, numbers at the edge, samples of odd sizes.
r = random.Random(5); _, words, gauss = r.getstate()
r.setstate((2, tuple(w - 2 ** 32 if w > 2 ** 31 else w for w in words), gauss)); print(r.random())
for call in (lambda: r.setstate((2, ("a",) * 625, None)), lambda: r.setstate((1, (), None)), lambda: r.getrandbits(-1 << 100), lambda: r.getrandbits(1 << 100), lambda: r.getrandbits(1.5),
             lambda: r.sample([1, 2], 1.0), lambda: r.sample([1], 2), lambda: r.sample([1], -1), lambda: r.getrandbits("a")):
    try: print(call())
    except Exception as e: print(type(e).__name__, e)
class Zero(random.Random):
    def __init__(self, *first): self.first = [*first]; super().__init__(1)
    def random(self): return self.first.pop(0) if self.first else 0.5
print(Zero(0.0).binomialvariate(10, .5), Zero(0.0).binomialvariate(100, .25), Zero(0.0, 0.0).binomialvariate(100, .75))
