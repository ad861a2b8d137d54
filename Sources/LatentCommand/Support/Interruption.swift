internal import Foundation
internal import Synchronization

/// Ctrl-C: the first one asks the running command to end cleanly, a second one kills it.
enum Interruption {
  private static let requested = Atomic(false)

  static var isRequested: Bool { requested.load(ordering: .relaxed) }

  /// Begins to listen for SIGINT, also where a shell started us with the signal ignored.
  static func listen() {
    requested.store(false, ordering: .relaxed)
    signal(SIGINT) { _ in
      Interruption.requested.store(true, ordering: .relaxed)
      signal(SIGINT, SIG_DFL)
    }
  }
}
