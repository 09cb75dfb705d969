import multiprocessing

def worker():
    for _ in range(1000000):
        pass

# Create two processes
process1 = multiprocessing.Process(target=worker)
process2 = multiprocessing.Process(target=worker)

# Start the processes
process1.start()
process2.start()

# Wait for both processes to finish
process1.join()
process2.join()

print("Processes completed")
