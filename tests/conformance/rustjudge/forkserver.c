/* Judges many Rust programs by one start of rustc.
 *
 * rustc needs 40 ms to load its libraries and 2 ms to parse a short program. Preloaded into rustc,
 * this takes the place of `main`: it reads programs from standard input, and for each one a forked
 * child, in which everything is loaded already, runs the real `main`, which reads the program from
 * its own standard input (`rustc … -`).
 *
 * In: a line with the number of bytes, then the program; again and again.
 * Out, for each: a line with rustc's exit status and the number of bytes of its messages, and these.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

typedef int main_function(int, char **, char **);
static main_function *rustc_main;

static void fail(const char *what) {
    perror(what);
    exit(2);
}

static int file_of(const char *text, size_t size) {
    int file = memfd_create("program", 0);
    if (file < 0 || write(file, text, size) != (ssize_t)size || lseek(file, 0, SEEK_SET))
        fail("memfd");
    return file;
}

static int serve(int argc, char **argv, char **environment) {
    size_t size;
    while (scanf("%zu", &size) == 1) {
        char *program = malloc(size + 1);
        if (getchar() != '\n' || fread(program, 1, size, stdin) != size)
            fail("program");
        int input = file_of(program, size), messages = file_of("", 0);
        free(program);
        fflush(stdout);
        pid_t child = fork();
        if (child < 0)
            fail("fork");
        if (child == 0) {
            int nothing = open("/dev/null", O_WRONLY);
            dup2(input, 0);
            dup2(nothing, 1);
            dup2(messages, 2);
            /* Not exit: buffers of the parent's would be written twice. */
            _exit(rustc_main(argc, argv, environment));
        }
        int status;
        if (waitpid(child, &status, 0) != child)
            fail("waitpid");
        off_t length = lseek(messages, 0, SEEK_END);
        char *text = malloc(length + 1);
        if (pread(messages, text, length, 0) != length)
            fail("messages");
        printf("%d %ld\n", WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), (long)length);
        fwrite(text, 1, length, stdout);
        free(text);
        close(input);
        close(messages);
    }
    return 0;
}

int __libc_start_main(main_function *main, int argc, char **argv, void (*init)(void), void (*fini)(void),
                      void (*loader_fini)(void), void *stack) {
    int (*real)(main_function *, int, char **, void (*)(void), void (*)(void), void (*)(void), void *) =
        dlsym(RTLD_NEXT, "__libc_start_main");
    rustc_main = main;
    return real(serve, argc, argv, init, fini, loader_fini, stack);
}
