#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

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

  private let process: pid_t

  /// Starts `gzip`, which finds its input and output in the descriptors; both stay open here.
  ///
  /// It runs in a process group of its own, so that an interrupt from the keyboard reaches only us and a file that
  /// is being written is finished or discarded as we decide. Its own complaints are dropped: ours name the file.
  init(_ task: Task, from input: Descriptor, to output: Descriptor) throws(SystemFailure) {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_adddup2(&actions, input.number, 0)
    posix_spawn_file_actions_adddup2(&actions, output.number, 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    posix_spawnattr_setpgroup(&attributes, 0)

    var arguments = task.arguments.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var environment: [UnsafeMutablePointer<CChar>?] = [nil]
    var process = pid_t()
    let code = posix_spawnp(&process, "gzip", &actions, &attributes, &arguments, &environment)
    guard code == 0 else { throw SystemFailure(code: code) }
    self.process = process
  }

  /// Waits for the end; returns whether `gzip` was content.
  func succeeded() -> Bool {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { return false }
    }
    return status == 0
  }
}
