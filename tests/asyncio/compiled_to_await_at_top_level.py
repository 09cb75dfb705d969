"""compile() with PyCF_ALLOW_TOP_LEVEL_AWAIT: what awaits something becomes a coroutine, with the namespace that it is run in."""

import asyncio
ns = {'asyncio': asyncio}
c = compile('await asyncio.sleep(0.01, 5)', 'x', 'eval', 0x2000)
print(c.co_flags & 0x80)
coro = eval(c, ns)
print(type(coro))
print(asyncio.run(coro))
c = compile('x = await asyncio.sleep(0, 7)\ny=[await asyncio.sleep(0, i) for i in range(3)]\nasync with asyncio.timeout(5): z=1', 'x', 'exec', 0x2000)
l = {}
asyncio.run(eval(c, ns, l))
print(l)
print(compile('x=1','x','exec',0x2000).co_flags & 0x80)
