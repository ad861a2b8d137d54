internal import Foundation
internal import Synchronization

/// Ctrl-C, or a polite kill: the first one asks the running command to end cleanly, a second one kills it.
enum Interruption {
  private static let received = Atomic<Int32>(0)

  static var isRequested: Bool { received.load(ordering: .relaxed) != 0 }
  /// The signal that asked.
  static var signalNumber: Int32 { received.load(ordering: .relaxed) }

  /// Begins to listen for SIGINT and SIGTERM, also where we were started with them ignored or blocked.
  static func listen() {
    received.store(0, ordering: .relaxed)
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] {
      sigaddset(&signals, number)
      signal(number) { number in
        Interruption.received.store(number, ordering: .relaxed)
        signal(number, SIG_DFL)
      }
    }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }
}
