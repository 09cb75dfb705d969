"""A scheduler in the manner of Richards: tasks with states and queues pass packets around."""

IDLE, WORKER, HANDLER_A, HANDLER_B, DEVICE_A, DEVICE_B = range(6)
KIND_DEVICE, KIND_WORK = 0, 1


class Packet:
    def __init__(self, link, owner, kind):
        self.link = link
        self.owner = owner
        self.kind = kind
        self.value = 0
        self.data = [0] * 4

    def append_to(self, queue):
        self.link = None
        if queue is None:
            return self
        p = queue
        while p.link is not None:
            p = p.link
        p.link = self
        return queue


class Task:
    def __init__(self, system, ident, priority, queue):
        self.system = system
        self.ident = ident
        self.priority = priority
        self.queue = queue
        self.held = False
        self.suspended = True
        system.add(self)

    def runnable(self):
        return not self.held and (not self.suspended or self.queue is not None)

    def accept(self, packet, current):
        self.queue = packet.append_to(self.queue)
        if self.priority > current.priority:
            return self
        return current

    def take(self):
        packet = self.queue
        if packet is not None:
            self.queue = packet.link
        self.suspended = False
        return packet

    def wait(self):
        self.suspended = True
        return self

    def hold(self):
        self.held = True
        self.system.holds += 1
        return None

    def send(self, packet):
        self.system.sent += 1
        packet.link = None
        target = self.system.tasks[packet.owner]
        packet.owner = self.ident
        return target.accept(packet, self)


class IdleTask(Task):
    def __init__(self, system, count):
        super().__init__(system, IDLE, 0, None)
        self.suspended = False
        self.seed = 1
        self.count = count

    def step(self, packet):
        self.count -= 1
        if self.count == 0:
            return self.hold()
        if self.seed & 1 == 0:
            self.seed //= 2
            return self.system.release(DEVICE_A, self)
        self.seed = self.seed // 2 ^ 0xD008
        return self.system.release(DEVICE_B, self)


class WorkTask(Task):
    def __init__(self, system, queue):
        super().__init__(system, WORKER, 1000, queue)
        self.destination = HANDLER_A
        self.letter = 0

    def step(self, packet):
        if packet is None:
            return self.wait()
        self.destination = HANDLER_B if self.destination == HANDLER_A else HANDLER_A
        packet.owner = self.destination
        packet.value = 0
        for i in range(4):
            self.letter += 1
            if self.letter > 26:
                self.letter = 1
            packet.data[i] = 64 + self.letter
        return self.send(packet)


class HandlerTask(Task):
    def __init__(self, system, ident, priority, queue):
        super().__init__(system, ident, priority, queue)
        self.work = None
        self.device = None

    def step(self, packet):
        if packet is not None:
            if packet.kind == KIND_WORK:
                self.work = packet.append_to(self.work)
            else:
                self.device = packet.append_to(self.device)
        work = self.work
        if work is None:
            return self.wait()
        index = work.value
        if index >= 4:
            self.work = work.link
            return self.send(work)
        device = self.device
        if device is None:
            return self.wait()
        self.device = device.link
        device.value = work.data[index]
        work.value = index + 1
        return self.send(device)


class DeviceTask(Task):
    def __init__(self, system, ident, priority):
        super().__init__(system, ident, priority, None)
        self.pending = None

    def step(self, packet):
        if packet is None:
            packet = self.pending
            if packet is None:
                return self.wait()
            self.pending = None
            return self.send(packet)
        self.pending = packet
        return self.hold()


class System:
    def __init__(self):
        self.tasks = [None] * 6
        self.order = []
        self.holds = 0
        self.sent = 0
        self.steps = 0

    def add(self, task):
        self.tasks[task.ident] = task
        self.order.insert(0, task)

    def release(self, ident, current):
        task = self.tasks[ident]
        task.held = False
        if task.priority > current.priority:
            return task
        return current

    def choose(self):
        best = None
        for task in self.order:
            if task.runnable() and (best is None or task.priority > best.priority):
                best = task
        return best

    def run(self):
        task = self.choose()
        while task is not None:
            if not task.runnable():
                task = self.choose()
                continue
            self.steps += 1
            task = task.step(task.take())
            if task is None:
                task = self.choose()


def main():
    total = 0
    for _ in range(12):
        system = System()
        IdleTask(system, 10000)
        queue = Packet(None, WORKER, KIND_WORK)
        queue = Packet(queue, WORKER, KIND_WORK)
        WorkTask(system, queue)
        for handler, device, priority in (
            (HANDLER_A, DEVICE_A, 2000),
            (HANDLER_B, DEVICE_B, 3000),
        ):
            queue = None
            for _ in range(3):
                queue = Packet(queue, device, KIND_DEVICE)
            HandlerTask(system, handler, priority, queue)
        DeviceTask(system, DEVICE_A, 4000)
        DeviceTask(system, DEVICE_B, 5000)
        system.run()
        total = total * 31 + system.holds * 7 + system.sent + system.steps
    print("checksum", total, system.holds, system.sent, system.steps)


main()
