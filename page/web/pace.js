// How long something still takes, judged by how long it has taken.

const SOONEST = 1; // seconds after which it can be judged

export class Pace {
  #step = "";
  #began = 0;
  #first = 0;

  /**
   * Returns how many seconds the rest of a step takes; null if that is not known yet.
   * @param {string} step
   * @param {number} share the share of the step that is done
   */
  left(step, share) {
    const now = performance.now() / 1000;
    if (step !== this.#step) [this.#step, this.#began, this.#first] = [step, now, share];
    const seconds = now - this.#began, done = share - this.#first;
    return seconds < SOONEST || done <= 0 ? null : (seconds * (1 - share)) / done;
  }
}
