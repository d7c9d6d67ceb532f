/** A rule of Slipway's own: what it finds, and why that matters. */
export interface OwnRule {
  readonly sentence: string
  readonly why: string
}

/** What BuildKit refuses a file for, in rules that BuildKit itself gives no name. */
export const refusals: Readonly<Record<string, OwnRule>> = {
  'argument-count': {
    sentence: 'An instruction has too few or too many arguments.',
    why: 'BuildKit stops reading at such a line, and nothing is built.',
  },
  'bad-substitution': {
    sentence: 'A quote or a variable does not close, or a variable has a modifier that cannot be read.',
    why: 'BuildKit expands the words of this instruction itself, with the rules of a shell, and gives up where they do not hold.',
  },
  'base-image': {
    sentence: 'A FROM names no image.',
    why: 'The base is blank, or no image reference. Nothing can be built on it.',
  },
  'needs-value': {
    sentence: 'An ARG in FROM has no default and no value.',
    why: 'Without a value there is no image to start from: give the ARG a default, or pass it with every build.',
  },
  'check-options': {
    sentence: 'The check directive cannot be read.',
    why: 'It takes skip=, error= and experimental= parted by semicolons, such as # check=skip=StageNameCasing;error=true.',
  },
  'copy-source': {
    sentence: 'COPY or ADD has a source, a mode or a checksum that it does not take.',
    why: 'COPY reads the build context, stages and images; only ADD downloads. BuildKit stops at the line.',
  },
  cycle: {
    sentence: 'Stages take from each other in a circle.',
    why: 'Each would have to be built before the other. BuildKit refuses the file; take one of the connections away.',
  },
  'forward-reference': {
    sentence: 'A stage takes from one that stands below it.',
    why: 'BuildKit builds COPY and mounts from earlier stages alone, and reads a later name in FROM as an image to pull.',
  },
  healthcheck: {
    sentence: 'HEALTHCHECK has an option or a form that it does not take.',
    why: 'It is HEALTHCHECK NONE, or options, CMD and a command. BuildKit stops at the line.',
  },
  'invalid-flag': {
    sentence: 'A flag is unknown, given twice, or lacks the value it needs.',
    why: 'BuildKit refuses flags that it does not know, so that a slip is never taken for a path.',
  },
  'invalid-index': {
    sentence: 'COPY --from counts to a stage that is not there.',
    why: 'Numbers count stages from 0. BuildKit refuses the file, even where the line is not built.',
  },
  'invalid-platform': {
    sentence: 'FROM --platform is no platform.',
    why: 'A platform is a system and an architecture, such as linux/arm64, or a variable such as $BUILDPLATFORM.',
  },
  'invalid-reference': {
    sentence: 'What is copied or mounted from is no image reference.',
    why: 'No stage bears the name, and no registry could have an image of it.',
  },
  'invalid-stage-name': {
    sentence: 'A stage has a name that BuildKit does not take.',
    why: 'Names begin with a letter and go on with letters, digits, -, _ and a point.',
  },
  'mount-options': {
    sentence: 'RUN --mount has an option, a value or a target that it does not take.',
    why: 'Each type of mount has its own options. BuildKit stops at the line when it builds the stage.',
  },
  'no-stage': {
    sentence: 'An instruction belongs to no stage.',
    why: 'Only ARG may stand above the first FROM, and without a FROM there is nothing to build.',
  },
  'onbuild-trigger': {
    sentence: 'ONBUILD stores an instruction that cannot be a trigger.',
    why: 'FROM, MAINTAINER and ONBUILD itself cannot be triggers.',
  },
  'ports-and-signals': {
    sentence: 'A port or a signal cannot be read.',
    why: 'EXPOSE takes ports up to 65535 with a protocol, STOPSIGNAL the name or number of a signal.',
  },
  'self-copy': {
    sentence: 'A stage takes from itself.',
    why: 'A stage is complete only after its last line, so it cannot be a source of its own. Use RUN cp to copy inside it.',
  },
  'syntax-error': {
    sentence: 'The line cannot be read.',
    why: 'BuildKit stops at it. The rest of the file is drawn all the same.',
  },
  'target-not-found': {
    sentence: 'No stage is called like the target.',
    why: 'A target is the name of a stage; it is not counted by number here.',
  },
  'unknown-instruction': {
    sentence: 'No instruction has this name.',
    why: 'BuildKit stops at the line, and nothing is built.',
  },
  'variable-in-from': {
    sentence: 'COPY --from or a mount takes from a variable.',
    why: 'BuildKit expands variables in FROM, not here. A stage FROM the variable gives it a name to take from.',
  },
}

/** What BuildKit builds without a word, and what is likely a slip or will surprise some day. */
export const advice: Readonly<Record<string, OwnRule>> = {
  'build-tools-in-final-stage': {
    sentence: 'The image keeps compilers, development packages or a whole SDK.',
    why: 'They make it larger, slower to pull and easier to attack, and nothing in it needs them once the program is built.',
  },
  'copy-from-ancestor': {
    sentence: 'A file is copied from a stage that this one stands on.',
    why: 'It is there already. The copy makes a layer with the same content once more.',
  },
  'duplicate-destination': {
    sentence: 'A file is put where another copy has put one.',
    why: 'Only the later one is seen. The earlier stays in the image as a hidden layer.',
  },
  'index-instead-of-name': {
    sentence: 'A COPY counts stages instead of naming one.',
    why: 'The number means another stage as soon as one is added, removed or moved before it, and BuildKit cannot notice.',
  },
  'moving-tag': {
    sentence: 'An image has no tag, or latest.',
    why: 'Whatever it is on the day of the build is taken, so the same file builds something else next month.',
  },
  'root-owned-copy': {
    sentence: 'Files are copied below USER and belong to root all the same.',
    why: 'COPY and ADD do not heed USER. A program that wants to write to those files cannot; one that only reads them can.',
  },
  'secret-copied': {
    sentence: 'A file that likely holds a password or a key is copied.',
    why: 'A layer keeps it for everyone who has the image or its cache, also where a later line removes it.',
  },
  'unknown-stage': {
    sentence: 'A name is close to that of a stage, but means an image.',
    why: 'What no stage is called is pulled from a registry: at best the build fails there, at worst such an image exists.',
  },
  'unused-stage': {
    sentence: 'A stage without a name is used by none.',
    why: 'It is never built: nothing takes from it, and without a name it cannot be a target.',
  },
  'source-not-found': {
    sentence: 'COPY takes a path that its stage did not hold when it was last built.',
    why: 'Where the stage still reads the same, BuildKit stops at the line; a wildcard copies nothing. The files of the last build tell what is there instead.',
  },
  'unwritten-source': {
    sentence: 'A path is copied that nothing in its stage seems to write.',
    why: 'The build would fail at this line. No step works there, copies there or says its name; a script may still write it.',
  },
  'whole-filesystem-copy': {
    sentence: 'The whole file system of a stage is copied over another.',
    why: 'Two systems are mixed, libraries and all, and the image holds most files twice.',
  },
  'whole-workdir-copy': {
    sentence: 'The whole folder that a stage was built in is copied.',
    why: 'Sources, caches and packages for building come along, and any change of any source makes a new layer.',
  },
}
