import { StrictMode, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { QodSandbox } from './QodSandbox.jsx';

const SCENARIOS = ['granted-after-2s', 'granted-at-once', 'refused-after-2s', 'terminated-after-10s'];

function App() {
  const sandbox = useRef(null);
  const [scenario, setScenario] = useState(SCENARIOS[0]);
  const [shown, setShown] = useState(true);
  const [heard, setHeard] = useState([]);

  return (
    <>
      <div className="row">
        <label htmlFor="scenario">New sessions are</label>
        <select id="scenario" value={scenario} onChange={(event) => setScenario(event.target.value)}>
          {SCENARIOS.map((name) => <option key={name}>{name}</option>)}
        </select>
        <button type="button" onClick={async () => (await sandbox.current.ready).clock.advance('10s')} disabled={!shown}>
          Ten seconds later
        </button>
        <button type="button" onClick={() => setShown(!shown)}>{shown ? 'Take it away' : 'Show it'}</button>
      </div>

      {shown && (
        <QodSandbox
          ref={sandbox}
          clock="manual"
          scenario={scenario}
          operator={{ retentionSeconds: 600 }}
          onNotification={({ event }) => setHeard((heard) => [...heard, event])}
        >
          <span slot="title">In a component</span>
        </QodSandbox>
      )}

      <h2>What the component heard</h2>
      <ol id="heard">
        {heard.map(({ id, data }) => <li key={id}>{[data.qosStatus, data.statusInfo].filter(Boolean).join(', ')}</li>)}
      </ol>
    </>
  );
}

createRoot(document.querySelector('#root')).render(<StrictMode><App /></StrictMode>);
