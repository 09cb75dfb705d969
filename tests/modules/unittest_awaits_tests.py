# Test cases of coroutines.
import asyncio
import io
import re
import sys
import unittest

log = []
stream = io.StringIO()



class T(unittest.IsolatedAsyncioTestCase):
    def setUp(self): log.append('setUp')
    async def asyncSetUp(self): log.append('asyncSetUp'); self.x = await asyncio.sleep(0, 5)
    async def test_a(self):
        self.addAsyncCleanup(self.clean, 1)
        self.assertEqual(self.x, 5); log.append('a')
        await asyncio.sleep(0)
    def test_b(self): log.append('b')
    async def test_fail(self): self.assertEqual(1, 2)
    async def test_error(self): await self.boom()
    async def boom(self): raise KeyError('x')
    async def test_ctx(self):
        class CM:
            async def __aenter__(s): log.append('enter'); return 7
            async def __aexit__(s, *a): log.append('exit')
        self.assertEqual(await self.enterAsyncContext(CM()), 7)
        with self.assertRaises(TypeError) as c: await self.enterAsyncContext(5)
        log.append(str(c.exception))
    @unittest.skip('no')
    async def test_skip(self): pass
    async def test_sub(self):
        for i in range(3):
            with self.subTest(i=i): self.assertNotEqual(i, 1)
    async def clean(self, n): log.append(f'clean {n}')
    async def asyncTearDown(self): log.append('asyncTearDown')
    def tearDown(self): log.append('tearDown')
    async def test_returns(self): return 5
r = unittest.TextTestRunner(stream=stream, verbosity=2).run(unittest.defaultTestLoader.loadTestsFromTestCase(T))
print(log)
for line in stream.getvalue().splitlines():
    if not line.startswith(("  ", "Ran ")):
        print(line)
