import Latent
import LatentKernels
import Testing

/// Numbers are read as the standard library reads them, to the last bit, however they are spelt.
@Suite struct ModelFileNumberTests {
  private func read(_ first: String, _ second: String) throws -> [Double]? {
    let text = "variable x { type discrete [2] { a, b }; } probability ( x ) { table \(first), \(second); }"
    return try ModelFormat.bif.parse(Array(text.utf8), file: first).model.parameters[0]
  }

  @Test(arguments: 0..<300) func anyNumberOfDigits(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let count = Int.random(in: 1...25, using: &random)
    let digits = (0..<count).map { _ in "\(Int.random(in: 0...9, using: &random))" }.joined()
    let fraction = (["0.", ".", "0.000"].randomElement(using: &random) ?? "") + digits
    let value = try #require(Double("0\(fraction)"))
    #expect(try read(fraction, "\(1 - value)")?.first == value)
    let small = "\(digits)e-\(count + Int.random(in: 13...330, using: &random))"
    let tiny = try #require(Double(small))
    #expect(try read(small, "1")?.first == tiny)
  }

  static let spellings = [
    "1", "1.", "1.0", "1e0", "1E+0", "10e-1", "0.1e1", "100000000000000000000000e-23", "+1", "01",
    "1.00000000000000000000000",
  ]

  @Test(arguments: spellings) func spellingsOfOne(spelling: String) throws {
    #expect(try read(spelling, "0") == [1, 0])
    #expect(try read(spelling, "-0") == [1, 0])
  }

  static let notNumbers = ["e5", ".", "1e", "1e+", "--1", "0x1", "inf", "nan", "1_0", "1.0.0", "+", "½"]

  @Test(arguments: notNumbers) func othersAreRefused(spelling: String) {
    #expect(throws: FileError.self) { try read(spelling, "0") }
  }
}
