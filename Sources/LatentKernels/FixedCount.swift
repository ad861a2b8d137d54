/// A number that a kernel knows when it is compiled, so that conditions on it vanish: the optimizer makes a function of
/// its own for each, which it does not when literals are handed to a large function.
protocol FixedCount {
  static var value: Int { get }
}

enum Zero: FixedCount { static var value: Int { 0 } }
enum One: FixedCount { static var value: Int { 1 } }
enum Two: FixedCount { static var value: Int { 2 } }
enum Three: FixedCount { static var value: Int { 3 } }
