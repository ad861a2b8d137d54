import Latent
import LatentKernels
import LatentTestSupport
import Testing

/// Models with variables of numbers in files.
@Suite struct NativeNumberTests {
  static let means: [Double] = [0, -0.0, 1e-300, -1e-300, 1e140, -1e140, 1 / 3, 5e22, .leastNonzeroMagnitude, 0.1]
  static let variances: [Double] = [1e-300, 1e300, 1, 0.1, 1 / 3, 2.5e-17, 4e19]

  static func model(_ seed: Int) throws -> Model {
    var random = SplitMix64(seed: UInt64(seed))
    let network = Arbitrary.mixedNetwork(variables: 3, numbers: 3, zeros: 0.2, using: &random)
    var parameters: [[Double]?] = network.schema.ids.map { id in
      guard !network.schema[id].isCategorical else { return Array(network.parameters(of: id)) }
      return network.parameters(of: id).indices.map { index in
        let isMean = (index - network.structure.tableCellCount) % 2 == 0
        let list = isMean ? means : variances
        if Bool.random(using: &random) { return list.randomElement(using: &random) ?? 1 }
        return isMean ? Double.random(in: -1e6...1e6, using: &random) : Double.random(in: 1e-9...1e9, using: &random)
      }
    }
    for id in network.schema.ids where Int.random(in: 0..<5, using: &random) == 0 { parameters[id.index] = nil }
    let ids = network.schema.ids
    return try Model(
      name: "", structure: network.structure,
      latent: Set(ids.filter { network.schema[$0].isCategorical && Int.random(in: 0..<4, using: &random) == 0 }),
      fixed: Set(ids.filter { _ in Int.random(in: 0..<4, using: &random) == 0 }), parameters: parameters)
  }

  @Test(arguments: 0..<60) func everyNumberComesBackToTheLastBit(seed: Int) throws {
    let model = try Self.model(seed)
    for format in [ModelFormat.yaml, .json] {
      let written = try format.text(of: model)
      let again = try format.parse(Array(written.text.utf8), file: "again")
      #expect(again.model == model, "seed \(seed):\n\(written.text)")
      #expect(written.notes == [] && again.warnings == [])
      let bits = [model, again.model].map { $0.parameters.map { $0?.map(\.bitPattern) } }
      #expect(bits[0] == bits[1])
      #expect(try format.text(of: again.model) == written)
    }
  }

  /// Formats that know nothing of numbers refuse them by name.
  @Test func formatsOfTablesAloneRefuse() throws {
    let model = try Self.model(3)
    for format in ModelFormat.allCases where ![.yaml, .json].contains(format) {
      let error = #expect(throws: FileError.self) { try format.text(of: model, file: "m.\(format.rawValue)") }
      let name = try #require(model.schema.variables.first { !$0.isCategorical }?.name)
      #expect(error?.description.contains(name) == true, "\(format): \(error.map { "\($0)" } ?? "")")
    }
  }
}
