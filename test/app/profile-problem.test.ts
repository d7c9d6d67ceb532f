import { expect, test } from 'vitest'
import { profileProblem } from '../../renderer/app/profile-problem.ts'
import { plainOptions, splitPlatforms } from '../../shared/builds/build-options.ts'

const profile = (list: string) => {
  const { platform, otherPlatforms } = splitPlatforms(list)
  return {
    ...{ target: null, tags: ['app:1'], buildArgs: {}, platform, noCache: false },
    options: { ...plainOptions, otherPlatforms },
  }
}

test('one platform or several are taken, and what is none of them is named', () => {
  for (const list of ['', 'linux/arm64', 'linux/amd64, linux/arm64']) expect(profileProblem(profile(list))).toBeNull()
  expect(profileProblem(profile('linux/amd64 nonsense/'))).toMatch(/“nonsense\/” is no platform/)
})
