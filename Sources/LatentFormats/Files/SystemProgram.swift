#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A program of the system, at work in a process of its own. Its complaints are dropped: ours name the file.
struct SystemProgram {
  /// Who gets an interrupt from the keyboard.
  enum Interruption {
    /// We alone: a file that is being written is finished or discarded as we decide.
    case ours
    /// The program, too.
    case shared
  }

  private let process: pid_t

  /// Starts a program by its name; it finds its input and output in the descriptors, which stay open here.
  ///
  /// - environment: variables of our environment that it is given.
  init(
    _ arguments: [String], from input: Descriptor? = nil, to output: Descriptor? = nil, environment: [String] = [],
    interruption: Interruption = .ours
  ) throws(SystemFailure) {
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
    Self.redirect(0, to: input, O_RDONLY, &actions)
    Self.redirect(1, to: output, O_WRONLY, &actions)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    if interruption == .ours {
      posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
      posix_spawnattr_setpgroup(&attributes, 0)
    }
    let values = environment.compactMap { name in getenv(name).map { "\(name)=\(String(cString: $0))" } }
    var words = arguments.map { strdup($0) } + [nil]
    var variables = values.map { strdup($0) } + [nil]
    defer { for word in words + variables { free(word) } }
    var process = pid_t()
    let code = posix_spawnp(&process, arguments[0], &actions, &attributes, &words, &variables)
    guard code == 0 else { throw SystemFailure(code: code) }
    self.process = process
  }

  #if canImport(Darwin)
    private typealias Actions = posix_spawn_file_actions_t?
  #else
    private typealias Actions = posix_spawn_file_actions_t
  #endif

  private static func redirect(_ number: Int32, to descriptor: Descriptor?, _ mode: Int32, _ actions: inout Actions) {
    if let descriptor {
      posix_spawn_file_actions_adddup2(&actions, descriptor.number, number)
    } else {
      posix_spawn_file_actions_addopen(&actions, number, "/dev/null", mode, 0)
    }
  }

  /// Waits for the end; returns whether the program was content.
  func succeeded() -> Bool {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { return false }
    }
    return status == 0
  }
}
