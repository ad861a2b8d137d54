// The kernels for groups with runs: nodes side by side that have the same first input. Up to four states of that input, and
// of what is added to it, are held in registers over a run.

@inline(never)
func forwardRuns<Inputs: FixedCount, States: FixedCount>(
  _ group: NodeGroup, _ value: UnsafeMutablePointer<Double>, _: Inputs.Type, _: States.Type
) -> MessageRange {
  let inputs = Inputs.value ?? group.inputs
  let states = States.value ?? group.states
  let (count, cells) = (group.count, group.cells)
  let (t0, t1, t2) = (group.first.stride, group.second.stride, group.third.stride)
  let (offsets0, offsets1, offsets2) = (group.first.offsets, group.second.offsets, group.third.offsets)
  let (index0, index1, index2) = (group.first.index, group.second.index, group.third.index)
  var range = MessageRange()
  var start = 0
  while start < count {
    let end = endOfRun(start, offsets0, count)
    for s in 0..<cells {
      let q0 = value + Int(offsets0[start]) + Int(index0[s])
      let factor0 = q0[0]
      let factor1 = states > 1 ? q0[t0] : 0
      let factor2 = states > 2 ? q0[2 &* t0] : 0
      let factor3 = states > 3 ? q0[3 &* t0] : 0
      let r1 = inputs > 1 ? value + Int(index1[s]) : q0
      let r2 = inputs > 2 ? value + Int(index2[s]) : q0
      var out = value + group.message + start &* cells + s
      for node in start..<end {
        let q1 = inputs > 1 ? r1 + Int(offsets1[node]) : q0
        let q2 = inputs > 2 ? r2 + Int(offsets2[node]) : q0
        var sum = multiplied(factor0, q1, q2, inputs)
        if states > 1 { sum += multiplied(factor1, q1 + t1, q2 + t2, inputs) }
        if states > 2 { sum += multiplied(factor2, q1 + 2 &* t1, q2 + 2 &* t2, inputs) }
        if states > 3 { sum += multiplied(factor3, q1 + 3 &* t1, q2 + 3 &* t2, inputs) }
        if states > 4 {
          for x in 4..<states { sum += multiplied(q0[x &* t0], q1 + x &* t1, q2 + x &* t2, inputs) }
        }
        out.pointee = sum
        if sum < range.smallest { range.include(sum) }
        out += cells
      }
    }
    start = end
  }
  return range
}

@inline(never)
func backwardRuns<Inputs: FixedCount, States: FixedCount>(
  _ group: NodeGroup, _ value: UnsafePointer<Double>, _ belief: UnsafeMutablePointer<Double>, _: Inputs.Type,
  _: States.Type
) {
  let inputs = Inputs.value ?? group.inputs
  let states = States.value ?? group.states
  let (count, cells) = (group.count, group.cells)
  let (t0, t1, t2) = (group.first.stride, group.second.stride, group.third.stride)
  let (offsets0, offsets1, offsets2) = (group.first.offsets, group.second.offsets, group.third.offsets)
  let (index0, index1, index2) = (group.first.index, group.second.index, group.third.index)
  var start = 0
  while start < count {
    let end = endOfRun(start, offsets0, count)
    for s in 0..<cells {
      let i0 = Int(offsets0[start]) &+ Int(index0[s])
      let factor0 = value[i0]
      let factor1 = states > 1 ? value[i0 &+ t0] : 0
      let factor2 = states > 2 ? value[i0 &+ 2 &* t0] : 0
      let factor3 = states > 3 ? value[i0 &+ 3 &* t0] : 0
      var (sum0, sum1, sum2, sum3) = (0.0, 0.0, 0.0, 0.0)
      let r1 = inputs > 1 ? Int(index1[s]) : 0
      let r2 = inputs > 2 ? Int(index2[s]) : 0
      var message = group.message &+ start &* cells &+ s
      for node in start..<end {
        let mass = belief[message]
        if mass != 0 {
          let scale = mass / value[message]
          let i1 = inputs > 1 ? r1 &+ Int(offsets1[node]) : 0
          let i2 = inputs > 2 ? r2 &+ Int(offsets2[node]) : 0
          let (q1, q2) = (value + i1, value + i2)
          let (b1, b2) = (belief + i1, belief + i2)
          let part0 = multiplied(scale * factor0, q1, q2, inputs)
          let part1 = states > 1 ? multiplied(scale * factor1, q1 + t1, q2 + t2, inputs) : 0
          let part2 = states > 2 ? multiplied(scale * factor2, q1 + 2 &* t1, q2 + 2 &* t2, inputs) : 0
          let part3 = states > 3 ? multiplied(scale * factor3, q1 + 3 &* t1, q2 + 3 &* t2, inputs) : 0
          sum0 += part0
          sum1 += part1
          sum2 += part2
          sum3 += part3
          add(part0, b1, b2, inputs)
          if states > 1 { add(part1, b1 + t1, b2 + t2, inputs) }
          if states > 2 { add(part2, b1 + 2 &* t1, b2 + 2 &* t2, inputs) }
          if states > 3 { add(part3, b1 + 3 &* t1, b2 + 3 &* t2, inputs) }
          if states > 4 {
            for x in 4..<states {
              let part = multiplied(scale * value[i0 &+ x &* t0], q1 + x &* t1, q2 + x &* t2, inputs)
              add(part, b1 + x &* t1, b2 + x &* t2, inputs)
              belief[i0 &+ x &* t0] += part
            }
          }
        }
        message &+= cells
      }
      belief[i0] += sum0
      if states > 1 { belief[i0 &+ t0] += sum1 }
      if states > 2 { belief[i0 &+ 2 &* t0] += sum2 }
      if states > 3 { belief[i0 &+ 3 &* t0] += sum3 }
    }
    start = end
  }
}

/// The end of the run that begins with a node.
@inline(__always)
func endOfRun(_ start: Int, _ offsets: UnsafePointer<Int32>, _ count: Int) -> Int {
  var end = start &+ 1
  while end < count, offsets[end] == offsets[start] { end &+= 1 }
  return end
}

/// A factor times what stands at the other inputs.
@inline(__always)
func multiplied(_ factor: Double, _ q1: UnsafePointer<Double>, _ q2: UnsafePointer<Double>, _ inputs: Int) -> Double {
  inputs > 2 ? factor * q1[0] * q2[0] : inputs > 1 ? factor * q1[0] : factor
}

/// Adds a mass to what stands at the other inputs.
@inline(__always)
func add(
  _ mass: Double, _ b1: UnsafeMutablePointer<Double>, _ b2: UnsafeMutablePointer<Double>, _ inputs: Int
) {
  if inputs > 1 { b1[0] += mass }
  if inputs > 2 { b2[0] += mass }
}
