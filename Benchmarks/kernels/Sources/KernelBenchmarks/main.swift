// Times the kernels of the E-step on one thread: `swift run -c release --package-path Benchmarks/kernels`.

import Latent

let problems = [
  try Problem.chain(40, states: 2, missing: 0.3, rows: 5_000),
  try Problem.chain(40, states: 4, missing: 0.3, rows: 5_000),
  try Problem.chain(40, states: 10, missing: 0.3, rows: 5_000),
  try Problem.ladder(20, states: 2, missing: 0.3, rows: 5_000),
  try Problem.ladder(20, states: 4, missing: 0.3, rows: 5_000),
  try Problem.ladder(20, states: 10, missing: 0.2, rows: 1_000),
  try Problem.latentClass(3, items: 8, states: 3, missing: 0, rows: 2_000),
  try Problem.latentClass(3, items: 60, states: 3, missing: 0.1, rows: 2_000),
  try Problem.latentClass(10, items: 20, states: 4, missing: 0.1, rows: 2_000),
]

print(line(["nodes", "groups", "operations", "µs", "ns/operation"], "problem"))
for problem in problems {
  var compiler = CircuitCompiler(problem.network.structure, completion: .full)
  compiler.add(problem.table)
  let circuit = try compiler.compile()
  let engine = ComponentEngine(circuit)
  var statistics = Statistics(values: [Double](repeating: 0, count: problem.network.structure.parameterCount))
  var sum = 0.0
  let seconds = try leastSeconds { sum += try engine.expect(under: problem.network, into: &statistics) }
  precondition(sum.isFinite, "possible rows")
  let size = circuit.size
  let nanoseconds = seconds * 1e9 / Double(size.operations)
  print(
    line(
      ["\(size.nodes)", "\(size.groups)", "\(size.operations)", rounded(seconds * 1e6), rounded(nanoseconds)],
      problem.name))
}

/// Five numbers that end in line, and a name.
func line(_ numbers: [String], _ name: String) -> String {
  let columns = zip(numbers, [8, 8, 12, 10, 14]).map { String(repeating: " ", count: max(1, $1 - $0.count)) + $0 }
  return columns.joined() + "  " + name
}

/// Three significant digits.
func rounded(_ value: Double) -> String {
  var scale = 1.0
  while value * scale < 100 && scale < 1000 { scale *= 10 }
  let digits = (value * scale).rounded() / scale
  return digits >= 100 ? "\(Int(digits))" : "\(digits)"
}
