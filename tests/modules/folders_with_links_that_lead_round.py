# gilbox: -A
# Links that lead round in circles, files moved onto themselves, deep folders, and URIs of other machines.
import os
import pathlib
import tempfile

os.chdir(tempfile.mkdtemp())
P=pathlib.Path
P('f').write_text('x'); P('d').mkdir(); P('d/e').mkdir(); os.symlink('f','lf'); os.symlink('d','ld')
def a(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, str(e).replace(os.path.realpath("."), "HERE"), str(getattr(e, "filename", None)).replace(os.path.realpath("."), "HERE"), getattr(e, "filename2", None))
a(lambda: P('f').move('f')); a(lambda: P('f').move('./f')); a(lambda: P('d').move('d')); a(lambda: P('lf').move('lf')); a(lambda: P('ld').move('ld')); a(lambda: P('f').move('lf')); os.path.lexists('f') and print('f is'); 
a(lambda: P('d').move('d/e/g')); a(lambda: P('f').copy('f')); a(lambda: P('d').copy('d')); a(lambda: P('d').copy('d/e/x')); a(lambda: P('nix').move('y')); a(lambda: P('nix').copy('y')); a(lambda: P('d').move_into('d')); a(lambda: P('f').move_into('d'))
a(lambda: P('ld').copy('ld')); a(lambda: P('ld').copy('new', follow_symlinks=False)); a(lambda: P('d/f').copy('nodir/x')); a(lambda: P('d').copy('d2')); a(lambda: sorted(map(str,P('d2').rglob('*'))))
for u in ('file:foo','file://foo/bar','file://localhost/x','file:///a%20b','file:/x','file://127.0.0.1/x','http://x','file:////x//y','file:'):
    a(lambda: P.from_uri(u))
os.symlink('b','a1'); os.symlink('a1','b'); os.symlink('c/x','c')
a(lambda: os.path.relpath(os.path.realpath('a1/foo'))); a(lambda: os.path.relpath(os.path.realpath('c/foo'))); a(lambda: os.path.realpath('a1/foo',strict=True).replace(os.getcwd(),'.') )
a(lambda: P('a1').is_dir()); a(lambda: P('a1').exists()); a(lambda: sorted(map(str, P('.').rglob('*')))); a(lambda: sorted(map(str, P('.').glob('*/'))));a(lambda: sorted(map(str, P('.').glob('**/x',recurse_symlinks=True))))
a(lambda: [ (str(x),sorted(y),sorted(z)) for x,y,z in P('.').walk()]); a(lambda: [ (str(x),sorted(y),sorted(z)) for x,y,z in P('.').walk(follow_symlinks=True)]); a(lambda: [(x,sorted(y),sorted(z)) for x,y,z in os.walk('.')]); a(lambda: [(x,sorted(y),sorted(z)) for x,y,z in os.walk('.',topdown=False)]);a(lambda: [(x,sorted(y),sorted(z)) for x,y,z in os.walk('.',followlinks=True)])
p='.'
os.mkdir('deep'); os.chdir('deep')
n=0
for i in range(1100):
    os.mkdir('d'); os.chdir('d'); n+=1
for i in range(1101): os.chdir('..')
a(lambda: sum(1 for _ in os.walk('deep'))); a(lambda: sum(1 for _ in os.walk('deep',topdown=False))); a(lambda: sum(1 for _ in P('deep').walk())); a(lambda: sum(1 for _ in P('deep').walk(top_down=False))); a(lambda: sum(1 for _ in P('deep').rglob('*'))); a(lambda: sum(1 for _ in P('deep').glob('**/d')))
P("d2/f").copy("d3", preserve_metadata=True); print(P("d3").stat().st_mtime == P("d2/f").stat().st_mtime)
