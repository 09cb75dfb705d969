"""A little stack machine: `match` on instructions, a list for a stack, a dict for variables."""


def run(program, limit):
    stack = []
    variables = {"n": limit, "total": 0}
    at = 0
    steps = 0
    while True:
        steps += 1
        match program[at]:
            case ("push", value):
                stack.append(value)
            case ("load", name):
                stack.append(variables[name])
            case ("store", name):
                variables[name] = stack.pop()
            case ("add",):
                b = stack.pop()
                stack[-1] += b
            case ("sub",):
                b = stack.pop()
                stack[-1] -= b
            case ("jump", target):
                at = target
                continue
            case ("jump_if_zero", target):
                if stack.pop() == 0:
                    at = target
                    continue
            case ("halt",):
                return variables["total"], steps
        at += 1


def main():
    program = [
        ("load", "n"),
        ("jump_if_zero", 11),
        ("load", "total"),
        ("load", "n"),
        ("add",),
        ("store", "total"),
        ("load", "n"),
        ("push", 1),
        ("sub",),
        ("store", "n"),
        ("jump", 0),
        ("halt",),
    ]
    total, steps = run(program, 380000)
    print("checksum", total, steps)


main()
