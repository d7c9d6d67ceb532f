import { Handle, Position as Side } from '@xyflow/react'

/** The two points React Flow ties edges to. Not to be seen or touched: connecting is the business of the card's grip. */
export function Ports({ top }: { top: number }) {
  return (
    <>
      <Handle type="target" position={Side.Left} isConnectable={false} className="card-port" style={{ top }} />
      <Handle type="source" position={Side.Right} isConnectable={false} className="card-port" style={{ top }} />
    </>
  )
}
