"""What is imported into the fork server before it forks; wrong names are refused; what fails is told."""
import multiprocessing
import sys

if __name__ == "__mp_main__":
    print("imported", "once" if multiprocessing.parent_process() is None else "in the child", flush=True)


def work():
    print("sched" in sys.modules, flush=True)


if __name__ == "__main__":
    context = multiprocessing.get_context("forkserver")
    print(context.set_forkserver_preload(["json", "sched"]))
    multiprocessing.set_forkserver_preload(["json", "sched", "no_such_module"])
    for wrong in (["json", 1], [None], 5):
        try:
            context.set_forkserver_preload(wrong)
        except TypeError as error:
            print(type(error).__name__, error)
    print(context.get_start_method())
    for _ in range(2):
        p = context.Process(target=work)
        p.start()
        p.join()
        print(p.exitcode)
    from multiprocessing import forkserver
    print(forkserver.__all__, forkserver.get_inherited_fds())
    try:
        forkserver.connect_to_new_process(range(1000))
    except ValueError as error:
        print(error)
