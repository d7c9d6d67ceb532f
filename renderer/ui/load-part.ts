export const mostTries = 5
export const restMilliseconds = 300

/** Loads a part of the window; browsers drop requests when the network changes (`public/load-again.js`): it asks again. */
export async function loadPart<Part>(load: () => Promise<Part>): Promise<Part> {
  for (let tries = 1; ; tries++) {
    try {
      return await load()
    } catch (error) {
      if (tries === mostTries) throw error
      await new Promise(resolve => setTimeout(resolve, restMilliseconds))
    }
  }
}
