/// A number that a kernel knows when it is compiled, so that loops over it unroll and conditions on it vanish: the
/// optimizer makes a function of its own for each, which it does not when literals are handed to a large function.
protocol FixedCount {
  /// The number; nil where it is known only when the kernel runs.
  static var value: Int? { get }
}

enum Zero: FixedCount { static var value: Int? { 0 } }
enum One: FixedCount { static var value: Int? { 1 } }
enum Two: FixedCount { static var value: Int? { 2 } }
enum Three: FixedCount { static var value: Int? { 3 } }
enum Four: FixedCount { static var value: Int? { 4 } }
enum AnyCount: FixedCount { static var value: Int? { nil } }
