import type { HostImplementation } from '../../shared/bridge/contract.ts'
import { HostError } from '../../shared/bridge/host-error.ts'

const absent = (): never => {
  throw new HostError('gone', 'This test has no such method.')
}

/** A host that does what one test says and refuses the rest: the bridge is what is tested, not what lies behind it. */
export function scriptedHost(methods: Partial<HostImplementation>): HostImplementation {
  return {
    'app.info': absent,
    'documents.open': absent,
    'documents.save': absent,
    'documents.watch': absent,
    'documents.watchIgnoreFile': absent,
    'documents.watchContext': absent,
    'documents.keepDraft': absent,
    'documents.untitledDraft': absent,
    'documents.recent': absent,
    'documents.forgetRecent': absent,
    'documents.chooseOpen': absent,
    'documents.chooseSave': absent,
    'folders.list': absent,
    'placement.load': absent,
    'placement.store': absent,
    'settings.load': absent,
    'settings.store': absent,
    'engine.inspect': absent,
    'engine.inspectImages': absent,
    'engines.list': absent,
    'engines.test': absent,
    'engines.choose': absent,
    'engines.forget': absent,
    'engine.images': absent,
    'builds.run': absent,
    'builds.stop': absent,
    'builds.loadProfiles': absent,
    'builds.storeProfiles': absent,
    'history.list': absent,
    'history.read': absent,
    'history.weigh': absent,
    'history.remove': absent,
    'logs.read': absent,
    'logs.search': absent,
    'logs.text': absent,
    'files.list': absent,
    'files.read': absent,
    'files.compareContents': absent,
    'files.extract': absent,
    'folders.choose': absent,
    'files.loadExpected': absent,
    'files.storeExpected': absent,
    'files.release': absent,
    'window.setDirty': absent,
    ...methods,
  }
}
