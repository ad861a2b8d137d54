import Latent
import LatentLaws
import LatentTestSupport
import Testing

/// The engines for networks keep the laws that users' own are tested against.
@Suite struct NetworkLawTests {
  @Test(arguments: 0..<20) func theCompiledEngineKeepsTheLaws(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let (network, table) =
      seed % 2 == 0
      ? Arbitrary.smallProblem(variables: 5, missing: 0.4, hiddenCount: 1, using: &random)
      : Arbitrary.mixedProblem(variables: 4, numbers: 2, missing: 0.3, hiddenCount: 1, using: &random)
    var compiler = CircuitCompiler(network.structure, completion: .full)
    compiler.add(table)
    let circuit = try compiler.compile()
    var laws = EMLaws(network, directions: 2, using: &random) { ComponentEngine(circuit) }
    laws.iterations = 5
    try laws.check()
    try laws.checkSameBits(as: ComponentEngine(circuit, threads: 3))
    try laws.checkAgreement(with: EnumerationEngine(table))
  }

  @Test(arguments: 0..<5) func enumerationKeepsTheLaws(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let (network, table) = Arbitrary.smallProblem(variables: 4, missing: 0.4, hiddenCount: 1, using: &random)
    var laws = EMLaws(network, directions: 1, using: &random) { EnumerationEngine(table) }
    laws.iterations = 5
    try laws.check()
    let half = table.rowCount / 2
    try laws.checkAdditivity(
      of: [0..<half, half..<table.rowCount].map { EnumerationEngine(table.selecting(Array($0))) })
  }
}
