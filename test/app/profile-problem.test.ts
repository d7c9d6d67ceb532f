import { expect, test } from 'vitest'
import { profileProblem } from '../../renderer/app/profile-problem.ts'
import { plainOptions } from '../../shared/builds/build-options.ts'

const profile = (platform: string | null) => ({
  ...{ target: null, tags: ['app:1'], buildArgs: {}, platform, noCache: false },
  options: plainOptions,
})

test('several platforms are refused with a way to build them', () => {
  const several = 'linux/amd64,linux/arm64'
  expect(profileProblem(profile(several))).toMatch(/one platform at a time.*copy the docker buildx command/)
  expect(profileProblem(profile('linux/arm64'))).toBeNull()
  expect(profileProblem(profile('nonsense/'))).toMatch(/is no platform/)
})
