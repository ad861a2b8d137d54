/// The system's `gzip`, at work between two descriptors.
struct GzipProcess {
  /// What `gzip` does with its input.
  enum Task {
    case unpack
    case pack

    var arguments: [String] {
      switch self {
      case .unpack: ["gzip", "-dc"]
      case .pack: ["gzip", "-nc"]
      }
    }
  }

  private let program: SystemProgram

  /// Starts `gzip`, which finds its input and output in the descriptors; both stay open here.
  init(_ task: Task, from input: Descriptor, to output: Descriptor) throws(SystemFailure) {
    program = try SystemProgram(task.arguments, from: input, to: output)
  }

  /// Waits for the end; returns whether `gzip` was content.
  func succeeded() -> Bool { program.succeeded() }
}
