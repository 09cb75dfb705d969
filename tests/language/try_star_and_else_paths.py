"""Every path through try: with and without error, else, return and loops."""


def path(action):
    steps = []
    for i in range(2):
        try:
            steps.append("try")
            if action == "raise":
                raise ValueError
            if action == "break":
                break
            if action == "continue":
                continue
            if action == "return":
                return steps + ["returned"]
        except ValueError:
            steps.append("except")
        else:
            steps.append("else")
        finally:
            steps.append("finally")
    else:
        steps.append("loop else")
    return steps


for action in ("none", "raise", "break", "continue", "return"):
    print(action, path(action))


def nested():
    log = []
    try:
        try:
            raise KeyError("a")
        except ValueError:
            log.append("wrong handler")
        else:
            log.append("wrong else")
        finally:
            log.append("inner finally")
    except KeyError as error:
        log.append(f"outer {error}")
        try:
            raise TypeError("b")
        except TypeError as second:
            log.append(repr(second.__context__))
        log.append("still has " + str(error))
    return log


print(nested())


def in_else():
    try:
        pass
    except ValueError:
        print("not here")
    else:
        raise ValueError("from else")


try:
    in_else()
except ValueError as error:
    print(error, error.__context__)


def handler_raises():
    try:
        1 / 0
    except ZeroDivisionError:
        raise KeyError("new")
    finally:
        print("finally before the new one")


try:
    handler_raises()
except KeyError as error:
    print(repr(error.__context__))


def dynamic(kinds, action):
    try:
        action()
    except kinds:
        return "caught"
    except:
        return "bare"


print(dynamic(ValueError, lambda: int("x")), dynamic((), lambda: int("x")), dynamic((KeyError, (ValueError)), lambda: int("x")))
