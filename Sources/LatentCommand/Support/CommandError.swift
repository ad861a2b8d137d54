internal import Latent

/// The exit codes of the tool (product contract; the names of sysexits.h).
enum ExitStatus: Int32 {
  case usage = 64
  case data = 65
  case noInput = 66
  case software = 70
  case cannotCreate = 73
}

/// An error that ends a command: one sentence for the user and the exit code for scripts.
struct CommandError: Error, CustomStringConvertible {
  let status: ExitStatus
  let description: String

  init(_ status: ExitStatus, _ description: String) {
    self.status = status
    self.description = description
  }

  /// Any error of the libraries, with the code that the contract gives it.
  init(_ error: any Error) {
    switch error {
    case let error as CommandError:
      self = error
    case let error as FileError:
      let status: ExitStatus =
        switch error.kind {
        case .unreadable: .noInput
        case .invalid: .data
        case .unwritable, .readerGone: .cannotCreate
        }
      self.init(status, error.sentence)
    case let error as InferenceError:
      self.init(.data, error.description)
    case let error as EvidenceError:
      self.init(.usage, error.description)
    default:
      self.init(.software, "internal error, please report it: \(error)")
    }
  }
}
