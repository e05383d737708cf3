// A list of views as a web page for the person in front of the page, who is told how far that is and what came of it.

import {save, sizeOf} from './download.js';

const NAME = 'actorgraph-story.html';

/** Save it; `tell` hears the words. */
export async function savedStory(standAlone, list, tell) {
  try {
    const file = await standAlone.ofStory(list, tell);
    save(NAME, file);
    tell(`Saved as ${NAME}, ${sizeOf(file)}.`);
  } catch (error) { tell(`Not saved: ${error.message}`); }
}
