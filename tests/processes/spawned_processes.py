"""Processes that are started anew: they get what is sent to them, and import the program."""
import multiprocessing as mp

print("imported as", __name__, flush=True)


def work(number, end, lock, value):
    me, parent = mp.current_process(), mp.parent_process()
    print("child", number, __name__, me.name, parent.name, mp.get_start_method(), parent.is_alive(), flush=True)
    with lock:
        value.value += number
    end.send_bytes(b"from the child")
    end.send([1, {"a": None}, me.name])


class Named(mp.get_context("spawn").Process):
    def __init__(self, word):
        super().__init__(name="named")
        self.word = word

    def run(self):
        print(self.name, self.word, flush=True)


if __name__ == "__main__":
    for method in ("spawn", "forkserver"):
        ctx = mp.get_context(method)
        if method == "spawn":
            mp.set_start_method(method)
        ours, theirs = ctx.Pipe()
        lock, value = ctx.Lock(), ctx.Value("i", 1)
        p = ctx.Process(target=work, args=(5, theirs, lock, value))
        p.start()
        theirs.close()
        print(ours.recv_bytes(), ours.recv())
        p.join()
        print(p.exitcode, value.value)
    p = Named("a word")
    p.start()
    p.join()
    p = mp.get_context("spawn").Process(target=int, args=("x",))
    p.start()
    p.join()
    print(p.name, p.exitcode)
    p = mp.get_context("spawn").Process(target=mp.connection.wait, args=([], 20))
    p.start()
    p.terminate()
    p.join()
    print(p.exitcode)
    for wrong in (lambda: mp.get_context("spawn").Process(target=lambda: 1).start(),
                  lambda: mp.get_context("spawn").Process(target=print, args=(mp.get_context("fork").Lock(),)).start()):
        try:
            wrong()
        except Exception as e:
            print(type(e).__name__)
