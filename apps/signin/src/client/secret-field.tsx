import { Button, TextField } from '@repartee/ui';
import { Eye, EyeOff } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useText } from './text/use-text.js';

/** A password: it can be pasted, filled in by a password manager, and looked at (WCAG 2.2, 3.3.8). */
export function SecretField({
  label,
  autoComplete,
  hint,
  mistake,
}: {
  label: string;
  autoComplete: 'current-password' | 'new-password';
  hint?: string;
  mistake?: string | undefined;
}): ReactNode {
  const text = useText();
  const [shown, setShown] = useState(false);
  return (
    <div className="secret">
      <TextField
        label={label}
        name={autoComplete}
        type={shown ? 'text' : 'password'}
        autoComplete={autoComplete}
        autoCapitalize="none"
        spellCheck={false}
        maxLength={256}
        {...(hint !== undefined && { hint })}
        {...(mistake !== undefined && { mistake })}
      />
      <Button
        look="quiet"
        size="small"
        aria-pressed={shown}
        icon={shown ? <EyeOff size={15} aria-hidden /> : <Eye size={15} aria-hidden />}
        onClick={() => setShown(!shown)}
      >
        {text(shown ? 'hide' : 'show')}
      </Button>
    </div>
  );
}
