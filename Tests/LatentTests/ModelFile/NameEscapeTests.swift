import LatentKernels
import Testing

@testable import LatentFormats

/// Every name can be spelt with the characters that are allowed, and had back.
@Suite struct NameEscapeTests {
  static let spellings = [
    ("smoke", "smoke"), ("Asy/Patch", "Asy_x002F_Patch"), (">=5", "x003E__x003D_5"), ("5", "x0035_"),
    ("", "xFFFFFF_"), ("x_", "x_"), ("xFFFFFF_", "x0078_FFFFFF_"), ("a_xFFFFFF_", "a_xFFFFFF_"),
    ("😀", "x1F600_"), ("a_x", "a_x"), ("_", "x005F_"), ("a_x002F_b", "x0061__x005F_x002F_b"),
    ("a_x0041_b", "a_x0041_b"), ("a_x002f_b", "a_x002f_b"), ("a_xD800_", "a_xD800_"), ("x0031_", "x0078_0031_"),
    ("a_x0020/", "a_x005F_x0020_x002F_"), ("x0020[", "x0078_0020_x005B_"),
  ]

  @Test(arguments: spellings) func spellsAndReads(name: String, spelling: String) {
    #expect(NameEscape.identifier.encode(name) == spelling)
    #expect(NameEscape.identifier.decode(spelling) == name)
  }

  /// Names of the signs that escapes are made of are the hardest.
  @Test(arguments: 0..<400) func anyNameComesBack(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let signs: [String] = [
      "_", "x", "0", "4", "1", "5F", "002F", "/", "_x", "_x0041_", "_x002F_", "_x0020", "x0041", "a", "x_", "FFFFFF_",
      "_x005F_", "é",
    ]
    let name = (0..<Int.random(in: 0...9, using: &random)).map { _ in signs.randomElement(using: &random) ?? "" }
      .joined()
    let free = NameEscape { scalar, _, _ in scalar != "/" }
    for escape in [NameEscape.identifier, free] {
      let spelling = escape.encode(name)
      #expect(escape.decode(spelling) == name, "\(name) became \(spelling)")
    }
    let identifier = NameEscape.identifier.encode(name).utf8
    #expect(
      identifier.allSatisfy { "_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8.contains($0) })
    #expect(identifier.first.map { !"_0123456789".utf8.contains($0) } == true)
  }

  @Test(arguments: ["net", "x006E_et", "x0078_006E_et"]) func reservedWordsAreEscaped(name: String) {
    let escape = NameEscape(allows: NameEscape.identifier.allows, reserved: ["net"])
    #expect(escape.encode(name) != "net")
    #expect(escape.decode(escape.encode(name)) == name)
  }

  @Test func differentNamesHaveDifferentSpellings() {
    let pieces = ["_", "x", "x_", "0041_", "FFFFFF_", "/", "_x002F_", ""]
    let names = Set(pieces.flatMap { a in pieces.flatMap { b in pieces.map { a + b + $0 } } })
    #expect(Set(names.map(NameEscape.identifier.encode)).count == names.count)
  }
}
