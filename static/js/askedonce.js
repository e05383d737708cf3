// Answers that are asked for once, also while a question is under way; the last few are kept.

export class AskedOnce {
  #answers = new Map();
  #most;

  constructor(most) { this.#most = most; }

  /** The answer to the question that `key` stands for; one that failed is asked again the next time. */
  ask(key, question) {
    const asked = this.#answers.get(key) ?? question();
    this.#answers.delete(key);
    this.#answers.set(key, asked);
    asked.catch(() => this.#answers.delete(key));
    if (this.#answers.size > this.#most) this.#answers.delete(this.#answers.keys().next().value);
    return asked;
  }

  forget() { this.#answers.clear(); }
}
