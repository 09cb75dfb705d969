"""Shortest paths on a grid with a binary heap written in Python."""


def push(heap, item):
    heap.append(item)
    i = len(heap) - 1
    while i:
        parent = (i - 1) >> 1
        if heap[parent] <= item:
            break
        heap[i] = heap[parent]
        i = parent
    heap[i] = item


def pop(heap):
    last = heap.pop()
    if not heap:
        return last
    top = heap[0]
    i = 0
    n = len(heap)
    while True:
        child = 2 * i + 1
        if child >= n:
            break
        if child + 1 < n and heap[child + 1] < heap[child]:
            child += 1
        if last <= heap[child]:
            break
        heap[i] = heap[child]
        i = child
    heap[i] = last
    return top


def shortest(graph, source):
    best = {source: 0}
    heap = [(0, source)]
    while heap:
        d, node = pop(heap)
        if d > best[node]:
            continue
        for other, weight in graph[node]:
            total = d + weight
            if other not in best or total < best[other]:
                best[other] = total
                push(heap, (total, other))
    return best


def main():
    n = 90
    graph = {}
    for i in range(n * n):
        x, y = i % n, i // n
        edges = []
        if x + 1 < n:
            edges.append((i + 1, 1 + (i * 7) % 13))
        if y + 1 < n:
            edges.append((i + n, 1 + (i * 11) % 17))
        if x:
            edges.append((i - 1, 1 + (i * 5) % 19))
        graph[i] = edges
    total = 0
    for source in range(0, 2000, 45):
        best = shortest(graph, source)
        total += sum(best.values())
    print("checksum", total)


main()
