fn f() { if return { x } {} if a == return { x } {} if break {} while break {} if return + 1 {} match return x {} {} }
