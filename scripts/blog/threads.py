import threading

def worker():
    for _ in range(1000000):
        pass

# Create two threads
thread1 = threading.Thread(target=worker)
thread2 = threading.Thread(target=worker)

# Start the threads
thread1.start()
thread2.start()

# Wait for both threads to finish
thread1.join()
thread2.join()

print("Threads completed")
