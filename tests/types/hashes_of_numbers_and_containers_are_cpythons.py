"""The hashes that do not depend on the seed."""

for x in (None,'',b'',(),(1,2),(None,),1.5,-1,-2,2**61-1,2**61,True,0.0,-0.0,float('inf'),-float('inf'),1j,1+1j,frozenset(),frozenset({1,2,3}),range(3),range(0),range(1),range(0,10,3),slice(1,2,3),slice(1),slice(None),2**100,-2**100,0.1,1e300,5e-324,...,NotImplemented): 
    h=hash(x)
    print(x, h if x is not ... and x is not NotImplemented else '')
print(hash(None)==hash(None), (lambda nan: hash(nan)==hash(nan))(float('nan')))
