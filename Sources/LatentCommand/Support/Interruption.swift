internal import Foundation
internal import Synchronization

/// Ctrl-C: the first one asks the running command to end cleanly, a second one kills it.
enum Interruption {
  private static let requested = Atomic(false)

  static var isRequested: Bool { requested.load(ordering: .relaxed) }

  /// Begins to listen for SIGINT, also where we were started with the signal ignored or blocked.
  static func listen() {
    requested.store(false, ordering: .relaxed)
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    signal(SIGINT) { _ in
      Interruption.requested.store(true, ordering: .relaxed)
      signal(SIGINT, SIG_DFL)
    }
  }
}
