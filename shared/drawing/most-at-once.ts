/** More cards than this are laid out on another thread, and problems are looked for once they are on the screen. */
export const mostAtOnce = 200
