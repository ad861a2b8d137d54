import Latent
import LatentKernels
import Testing

/// Reading what was written gives the same model, to the last bit.
@Suite struct ModelFileRoundTripTests {
  @Test(arguments: 0..<60) func nativeFormsAreExact(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let model = try ArbitraryModel.description(.any, using: &random)
    for format in [ModelFormat.yaml, .json] {
      let written = try format.text(of: model)
      let again = try format.parse(Array(written.text.utf8), file: "again")
      #expect(again.model == model, "seed \(seed):\n\(written.text)")
      #expect(written.notes == [])
      #expect(again.warnings == [])
      #expect(bits(again.model) == bits(model))
      #expect(try format.text(of: again.model) == written)
    }
  }

  /// Rows without data are marked in the native forms; other formats say that they cannot.
  @Test(arguments: 0..<60) func marksOfRowsWithoutDataComeBack(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    var model = try ArbitraryModel.description(seed.isMultiple(of: 2) ? .any : .complete, using: &random)
    for family in model.structure.families where model.parameters[family.child.index] != nil {
      let share = Double.random(in: 0...1.2, using: &random)
      for configuration in 0..<family.configurations where Double.random(in: 0..<1, using: &random) < share {
        model.unseen.insert(UnseenConfiguration(variable: family.child, configuration: configuration))
      }
    }
    for format in [ModelFormat.yaml, .json] {
      let written = try format.text(of: model)
      let again = try format.parse(Array(written.text.utf8), file: "again")
      #expect(again.model.unseen == model.unseen, "seed \(seed):\n\(written.text)")
      #expect(try format.text(of: again.model).text == written.text)
      #expect(written.notes.contains { $0.contains("no data") } == false)
    }
    guard model.unparameterized.isEmpty, !model.unseen.isEmpty else { return }
    for format in ModelFormat.allCases where format != .yaml && format != .json {
      let notes = try format.text(of: model).notes
      #expect(notes.count { $0.contains(" cannot mark what there are no data for") } == 1, "\(format)")
    }
  }

  @Test(arguments: 0..<60) func bifKeepsAllButTheRoles(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    var model = try ArbitraryModel.description(.complete, using: &random)
    let written = try ModelFormat.bif.text(of: model)
    #expect(written.notes.count == (model.latent.isEmpty ? 0 : 1) + (model.fixed.isEmpty ? 0 : 1))
    let again = try ModelFormat.bif.parse(Array(written.text.utf8), file: "again")
    (model.latent, model.fixed) = ([], [])
    #expect(again.model == model, "seed \(seed):\n\(written.text)")
    #expect(bits(again.model) == bits(model))
    #expect(again.warnings == [])
  }

  /// Any label comes back, whatever XML thinks of it.
  @Test(arguments: 0..<60) func formatsInXMLKeepAllButTheRoles(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    var model = try ArbitraryModel.description(.complete, using: &random)
    for (format, order) in [(ModelFormat.xmlbif, ParentOrder.last), (.xdsl, .last), (.xdsl, .first)] {
      let written = try format.text(of: model, parentOrder: order)
      #expect(written.notes.count == (model.latent.isEmpty ? 0 : 1) + (model.fixed.isEmpty ? 0 : 1))
      let again = try format.parse(Array(written.text.utf8), file: "again")
      var expected = model
      (expected.latent, expected.fixed) = ([], [])
      #expect(again.model == expected, "seed \(seed):\n\(written.text)")
      #expect(bits(again.model) == bits(expected))
      #expect(again.warnings.allSatisfy { order == .first && $0.message.contains("first parent varying fastest") })
      let carried = try format.text(of: again.model, carrying: again.annotations, parentOrder: order)
      let third = try format.parse(Array(carried.text.utf8), file: "third")
      #expect(third.model == expected)
      #expect(third.annotations == again.annotations)
      #expect(try format.text(of: third.model, carrying: third.annotations, parentOrder: order) == carried)
    }
    model.name = "a b\u{0}<&>\""
    for format in [ModelFormat.xmlbif, .xdsl] {
      let text = try format.text(of: model).text
      #expect(try format.parse(Array(text.utf8), file: "named").model.name == model.name)
    }
  }

  /// Any name and label comes back; NET loses the roles, UAI the name of the network.
  @Test(arguments: 0..<60) func netAndUAIAreExact(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    var model = try ArbitraryModel.description(.complete, using: &random)
    for order in ParentOrder.allCases {
      let written = try ModelFormat.uai.text(of: model, parentOrder: order)
      let side = try #require(written.companion)
      let again = try ModelFormat.uai.parse(
        Array(written.text.utf8), file: "again", companion: Array(side.utf8), parentOrder: order)
      var expected = model
      expected.name = ""
      #expect(again.model == expected, "seed \(seed):\n\(written.text)")
      #expect(bits(again.model) == bits(model))
      #expect(again.warnings == [])
      #expect(again.annotations.count == 0)
      #expect(written.notes.count == (model.name.isEmpty ? 0 : 1))
      let found = try ModelFormat.uai.parse(Array(written.text.utf8), file: "again", companion: Array(side.utf8))
      #expect(found.model == expected, "seed \(seed):\n\(written.text)")
    }
    let written = try ModelFormat.net.text(of: model)
    #expect(written.notes.count == (model.latent.isEmpty ? 0 : 1) + (model.fixed.isEmpty ? 0 : 1))
    let again = try ModelFormat.net.parse(Array(written.text.utf8), file: "again")
    (model.latent, model.fixed) = ([], [])
    #expect(again.model == model, "seed \(seed):\n\(written.text)")
    #expect(bits(again.model) == bits(model))
    #expect(again.warnings == [])
    #expect(again.annotations.count == 0)
  }

  /// Rescaling happens once: what it wrote is kept as written.
  @Test(arguments: 0..<40) func rescaledRowsAreStable(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let width = 1 << Int.random(in: 1...9, using: &random)
    let row = (0..<width).map { _ in Double.random(in: 0..<1, using: &random) }
    let sum = row.reduce(0, +) * Double.random(in: 0.99991..<1.00009, using: &random)
    let states = (0..<width).map { "s\($0)" }.joined(separator: " ")
    let numbers = row.map { "\($0 / sum)" }.joined(separator: " ")
    let text =
      "network n { } variable x { type discrete [\(width)] { \(states) }; } probability ( x ) { table \(numbers); }"
    let first = try ModelFormat.bif.parse(Array(text.utf8), file: "first")
    #expect(first.warnings.count == 1)
    let again = try ModelFormat.bif.parse(Array(try ModelFormat.bif.text(of: first.model).text.utf8), file: "again")
    #expect(again.warnings == [])
    #expect(bits(again.model) == bits(first.model))
  }

  /// Whatever happens to a file, reading it ends with a model or a sentence.
  @Test(arguments: 0..<60) func damagedFilesAreReadOrRefused(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let model = try ArbitraryModel.description(.complete, using: &random)
    let signs = Array("<>!{}[]()\"'\\/*#:;,|&-?\n \t.0e9\u{FF}".utf8)
    for format in ModelFormat.allCases {
      let whole = Array(try format.text(of: model).text.utf8)
      for _ in 0..<10 {
        var bytes = whole
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          let index = Int.random(in: 0..<bytes.count, using: &random)
          switch Int.random(in: 0..<4, using: &random) {
          case 0: bytes[index] = signs.randomElement(using: &random) ?? 0
          case 1: bytes.remove(at: index)
          case 2: bytes.insert(signs.randomElement(using: &random) ?? 0, at: index)
          default: bytes.removeSubrange(index...)
          }
          if bytes.isEmpty { break }
        }
        do { _ = try format.parse(bytes, file: "damaged") } catch { #expect(!error.message.isEmpty) }
      }
    }
  }

  private func bits(_ model: Model) -> [[UInt64]?] { model.parameters.map { $0?.map(\.bitPattern) } }
}

/// Random models with names and labels that formats trip over.
enum ArbitraryModel {
  enum Kind { case any, complete }

  private static let labels = [
    "yes", "no", "null", "~", "01", "1", "1.0", "1e3", "", " x", "x ", "a: b", "#c", "a #c", "-", "- a", "*", "&a",
    "[0, 5)", "{}", "a,b", "a -> b", "->", "'", "'a'", "\"q\"", "back\\slash", "line\nbreak", "tab\t", "cr\r", "é",
    "日本", "😀",
    "\u{0}", "\u{7F}", "\u{85}", "\u{2028}", "a\u{FEFF}", "\u{301}x", "Asy/Patch", ">=5", "<3", "0-5", "None", "a//b",
    "/*", "2024-01-01", "0x1F", "1_000", ".5", "%", "@", "`", "|", ">", "?", "? a", "!x", "=", "<<", "y", "on", "a;b",
    "(a)", "table", "default", "\\u0041", "x[t-1]", "t: ", "12:30", "A\u{A0}",
  ]

  static func description(_ kind: Kind, using random: inout SplitMix64) throws -> Model {
    let names = labels.filter { !$0.isEmpty }.shuffled(using: &random).prefix(Int.random(in: 0...9, using: &random))
    let variables = try names.map {
      try Variable(name: $0, states: Array(labels.shuffled(using: &random).prefix(.random(in: 1...4, using: &random))))
    }
    let order = variables.indices.shuffled(using: &random)
    var parents = [[VariableID]](repeating: [], count: variables.count)
    for (position, index) in order.enumerated() {
      let earlier = order[..<position].shuffled(using: &random).prefix(.random(in: 0...3, using: &random))
      parents[index] = earlier.map { VariableID($0) }
    }
    let structure = try NetworkStructure(schema: Schema(variables), parents: parents)
    func some() -> Set<VariableID> {
      Set(structure.schema.ids.filter { _ in Int.random(in: 0..<4, using: &random) == 0 })
    }
    let (latent, fixed) = (some(), some())
    var tables: [[Double]?] = []
    for id in structure.schema.ids {
      let isLeftOut = kind == .any && Int.random(in: 0..<4, using: &random) == 0
      tables.append(isLeftOut ? nil : table(of: id, in: structure, using: &random))
    }
    let name = kind == .any ? "" : ["", "asia", "a b"].randomElement(using: &random) ?? ""
    return try Model(name: name, structure: structure, latent: latent, fixed: fixed, parameters: tables)
  }

  private static func table(
    of id: VariableID, in structure: NetworkStructure, using random: inout SplitMix64
  ) -> [Double] {
    (0..<structure.family(of: id).configurations).flatMap { _ -> [Double] in
      var row = (0..<structure.schema[id].cardinality).map { _ in Double.random(in: 0.001..<1, using: &random) }
      let small = [0, .leastNonzeroMagnitude, .leastNormalMagnitude / 3, 1e-20, 0.1].shuffled(using: &random)
      if Bool.random(using: &random) { row[0] = small[0] }
      if row.count == 1 { return [1] }
      let sum = row.dropFirst().reduce(row[0], +)
      return row.map { row[0] == $0 && $0 < 1e-15 ? $0 : $0 / sum }
    }
  }
}
