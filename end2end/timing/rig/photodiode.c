/* A photodiode and a response box for Xvfb.
 *
 * Watches two pixels of the screen in Xvfb's framebuffer file (Xvfb -fbdir) every 100 microseconds,
 * and presses a key so long after the second one went dark as it is told, by the XTEST extension.
 * It knows nothing of the page, and the page nothing of it. All times are CLOCK_MONOTONIC.
 *
 * Usage: photodiode FRAMEBUFFER PID      (the display is that of the variable DISPLAY)
 *
 * PID is that of Xvfb: the rig's own screen gets real-time priority too, below that of the watcher.
 *
 * Reads lines:
 *   arm AX AY BX BY C  watch these pixels from now on; C: `grey`, or `red` if the second one only
 *                      looks at that part of the light (ink is dark to it, a red sign is not)
 *   answer KEY US...   X keysym to press after each time that pixel B goes dark, and after how many
 *                      microseconds, one for each time; 0 for no answer. None are left: none given.
 *   click X Y          left mouse button
 *   disarm             stop watching; tells how well it watched
 *
 * Writes lines, times in nanoseconds:
 *   ready fifo|other                  whether it got real-time priority
 *   dark A|B TIME GAP, light A|B ...  the pixel changed within the GAP before TIME
 *   late TIME GAP                     it had not looked for longer than 1 ms before TIME
 *   key BEFORE AFTER PLANNED          handed to the X server between BEFORE and AFTER
 *   watched SAMPLES LATE WORST        samples, gaps over 1 ms among them, longest gap
 *
 * XWD header: X Consortium, XWDFile.h, version 7; 32-bit big-endian words.
 */

#define _GNU_SOURCE
#include <X11/Xlib.h>
#include <X11/extensions/XTest.h>
#include <X11/keysym.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sched.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

enum {
  PRIORITY = 50,
  SCREEN_PRIORITY = 40,
  STEP_NS = 100 * 1000,
  LATE_NS = 1000 * 1000,
  /* How long a key is held down */
  HOLD_NS = 40 * 1000 * 1000,
  /* Lines are written when nothing has happened for this long and no key waits */
  QUIET_NS = 20 * 1000 * 1000,
  MOST_ANSWERS = 4096,
};

struct screen {
  const uint8_t *pixels;
  uint32_t bytes_per_line, bytes_per_pixel, width, height;
};

struct sensor {
  const volatile uint8_t *pixel;
  bool red;
  bool dark;
};

static char lines[1 << 20];
static size_t written;

static void fail(const char *what) {
  fprintf(stderr, "photodiode: %s: %s\n", what, strerror(errno));
  exit(1);
}

static int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* Notes a line; it is written when there is time. */
__attribute__((format(printf, 1, 2))) static void note(const char *format, ...) {
  va_list values;
  va_start(values, format);
  int n = vsnprintf(lines + written, sizeof lines - written, format, values);
  va_end(values);
  if (n > 0 && written + (size_t)n < sizeof lines) {
    written += (size_t)n;
  }
}

static void write_notes(void) {
  for (size_t done = 0; done < written;) {
    ssize_t n = write(STDOUT_FILENO, lines + done, written - done);
    if (n <= 0) {
      exit(0);
    }
    done += (size_t)n;
  }
  written = 0;
}

static struct screen open_screen(const char *path) {
  int file = open(path, O_RDONLY);
  struct stat size;
  if (file < 0 || fstat(file, &size) != 0) {
    fail(path);
  }
  const uint8_t *start = mmap(NULL, (size_t)size.st_size, PROT_READ, MAP_SHARED, file, 0);
  if (start == MAP_FAILED) {
    fail("mmap");
  }
  uint32_t word[25];
  memcpy(word, start, sizeof word);
  for (size_t i = 0; i < 25; i++) {
    word[i] = __builtin_bswap32(word[i]);
  }
  enum { HEADER_SIZE = 0, WIDTH = 4, HEIGHT = 5, BITS = 11, LINE = 12, COLOURS = 19 };
  if (word[BITS] != 32) {
    fprintf(stderr, "photodiode: needs a screen of depth 24\n");
    exit(1);
  }
  /* An XWDColor takes 12 bytes */
  return (struct screen){
      .pixels = start + word[HEADER_SIZE] + (size_t)word[COLOURS] * 12,
      .bytes_per_line = word[LINE],
      .bytes_per_pixel = word[BITS] / 8,
      .width = word[WIDTH],
      .height = word[HEIGHT],
  };
}

/* Bytes are blue, green, red */
static bool is_dark(const struct sensor *sensor) {
  const volatile uint8_t *pixel = sensor->pixel;
  return sensor->red ? pixel[2] < 128 : pixel[0] + pixel[1] + pixel[2] < 3 * 128;
}

static struct sensor watch(const struct screen *screen, unsigned x, unsigned y, bool red) {
  if (x >= screen->width || y >= screen->height) {
    fprintf(stderr, "photodiode: no pixel %u, %u\n", x, y);
    exit(1);
  }
  const volatile uint8_t *pixel = screen->pixels + (size_t)y * screen->bytes_per_line +
                                  (size_t)x * screen->bytes_per_pixel;
  struct sensor sensor = {.pixel = pixel, .red = red};
  sensor.dark = is_dark(&sensor);
  return sensor;
}

static bool real_time(pid_t screen) {
  /* Some machines have no memory to lock or no right to; sampling gaps will tell */
  if (mlockall(MCL_CURRENT | MCL_FUTURE) != 0) {
    fprintf(stderr, "photodiode: memory is not locked: %s\n", strerror(errno));
  }
  prctl(PR_SET_TIMERSLACK, 1000);
  struct sched_param own = {.sched_priority = PRIORITY};
  struct sched_param its = {.sched_priority = SCREEN_PRIORITY};
  return sched_setscheduler(0, SCHED_FIFO, &own) == 0 &&
         sched_setscheduler(screen, SCHED_FIFO, &its) == 0;
}

/* The state of a measurement. */
static struct {
  struct sensor a, b;
  bool armed;
  KeyCode key;
  int64_t answers[MOST_ANSWERS];
  size_t count, used;
  int64_t press_at, release_at, planned;
  int64_t last, last_edge;
  int64_t samples, late, worst;
} box;

static void press(Display *display, bool down) {
  int64_t before = now();
  XTestFakeKeyEvent(display, box.key, down, 0);
  /* The answer of the server says that it has taken the key */
  XSync(display, False);
  if (down) {
    note("key %" PRId64 " %" PRId64 " %" PRId64 "\n", before, now(), box.planned);
  }
}

static void obey(const struct screen *screen, Display *display, char *line) {
  unsigned ax, ay, bx, by;
  char light[8];
  if (sscanf(line, "arm %u %u %u %u %7s", &ax, &ay, &bx, &by, light) == 5) {
    box.a = watch(screen, ax, ay, false);
    box.b = watch(screen, bx, by, strcmp(light, "red") == 0);
    box.samples = box.late = box.worst = 0;
    box.last = now();
    box.armed = true;
  } else if (strncmp(line, "answer ", 7) == 0) {
    char *rest;
    char *name = strtok_r(line + 7, " \n", &rest);
    box.key = XKeysymToKeycode(display, XStringToKeysym(name ? name : ""));
    box.count = box.used = 0;
    for (char *word; (word = strtok_r(NULL, " \n", &rest)) && box.count < MOST_ANSWERS;) {
      box.answers[box.count++] = strtoll(word, NULL, 10) * 1000;
    }
  } else if (sscanf(line, "click %u %u", &ax, &ay) == 2) {
    XTestFakeMotionEvent(display, -1, (int)ax, (int)ay, 0);
    XTestFakeButtonEvent(display, 1, True, 0);
    XTestFakeButtonEvent(display, 1, False, 0);
    XSync(display, False);
    note("clicked\n");
  } else if (strncmp(line, "disarm", 6) == 0) {
    box.armed = false;
    box.press_at = 0;
    if (box.release_at) {
      box.release_at = 0;
      press(display, false);
    }
    note("watched %" PRId64 " %" PRId64 " %" PRId64 "\n", box.samples, box.late, box.worst);
  } else {
    fprintf(stderr, "photodiode: unknown: %s\n", line);
    exit(1);
  }
}

/* Reads what has been typed so far; false at the end of input. */
static bool listen(const struct screen *screen, Display *display) {
  static char text[1 << 16];
  static size_t length;
  ssize_t n = read(STDIN_FILENO, text + length, sizeof text - 1 - length);
  if (n == 0) {
    return false;
  }
  if (n > 0) {
    length += (size_t)n;
    text[length] = 0;
    char *line = text;
    for (char *end; (end = strchr(line, '\n')); line = end + 1) {
      *end = 0;
      obey(screen, display, line);
    }
    length = strlen(line);
    memmove(text, line, length + 1);
  }
  return true;
}

static bool changed(struct sensor *sensor, char name, int64_t t, int64_t gap) {
  bool dark = is_dark(sensor);
  if (dark == sensor->dark) {
    return false;
  }
  sensor->dark = dark;
  box.last_edge = t;
  note("%s %c %" PRId64 " %" PRId64 "\n", dark ? "dark" : "light", name, t, gap);
  return true;
}

static void sample(Display *display) {
  int64_t t = now();
  int64_t gap = t - box.last;
  box.last = t;
  box.samples++;
  if (gap > LATE_NS) {
    box.late++;
    note("late %" PRId64 " %" PRId64 "\n", t, gap);
  }
  box.worst = gap > box.worst ? gap : box.worst;
  changed(&box.a, 'A', t, gap);
  if (changed(&box.b, 'B', t, gap) && box.b.dark && box.used < box.count) {
    box.planned = box.answers[box.used++];
    /* From the middle of the gap, which is the best guess of when it went dark */
    box.press_at = box.planned > 0 ? t - gap / 2 + box.planned : 0;
  }
  if (box.press_at && t >= box.press_at) {
    box.press_at = 0;
    press(display, true);
    box.release_at = t + HOLD_NS;
  }
  if (box.release_at && t >= box.release_at) {
    box.release_at = 0;
    press(display, false);
  }
}

int main(int count, char **words) {
  if (count != 3) {
    fprintf(stderr, "usage: photodiode FRAMEBUFFER PID\n");
    return 2;
  }
  struct screen screen = open_screen(words[1]);
  Display *display = XOpenDisplay(NULL);
  int event, error, major, minor;
  if (!display || !XTestQueryExtension(display, &event, &error, &major, &minor)) {
    fprintf(stderr, "photodiode: no display with XTEST\n");
    return 1;
  }
  if (fcntl(STDIN_FILENO, F_SETFL, fcntl(STDIN_FILENO, F_GETFL) | O_NONBLOCK) != 0) {
    fail("stdin");
  }
  note("ready %s\n", real_time((pid_t)atoi(words[2])) ? "fifo" : "other");
  write_notes();
  struct timespec next;
  clock_gettime(CLOCK_MONOTONIC, &next);
  for (int turn = 0;; turn++) {
    next.tv_nsec += STEP_NS;
    if (next.tv_nsec >= 1000000000) {
      next.tv_nsec -= 1000000000;
      next.tv_sec++;
    }
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, NULL);
    if (box.armed) {
      sample(display);
    }
    bool busy = box.armed && (box.press_at || box.release_at || now() - box.last_edge < QUIET_NS);
    if (!busy && turn % 10 == 0) {
      if (!listen(&screen, display)) {
        return 0;
      }
      write_notes();
    }
    /* After a pause of the machine, go on from now instead of catching up */
    int64_t ahead = (int64_t)next.tv_sec * 1000000000 + next.tv_nsec - now();
    if (ahead < -STEP_NS) {
      clock_gettime(CLOCK_MONOTONIC, &next);
    }
  }
}
