import type { ReactNode } from 'react';
import { categories } from '../../catalogue/product.js';
import type { Place } from '../router.js';
import type { Catalogue } from '../shop/catalogue.js';
import type { useText } from '../texts/use-text.js';
import { AccountPage } from './account-page.js';
import { Notice } from '../shop/notice.js';
import { CartPage } from './cart-page.js';
import { CategoryPage } from './category-page.js';
import { CheckoutPage } from './checkout-page.js';
import { ConfirmationPage } from './confirmation-page.js';
import { HomePage } from './home-page.js';
import { ProductPage } from './product-page.js';
import { SearchPage } from './search-page.js';
import { SignInPage } from './sign-in-page.js';

interface Page {
  title: string;
  content: ReactNode;
}

/** The page at a place of the shop. */
export function pageAt(
  { path, query, visit }: Place,
  catalogue: Catalogue,
  text: ReturnType<typeof useText>,
): Page {
  const [, section = '', key = ''] = path.split('/');
  switch (section) {
    case '':
      return { title: text('welcome'), content: <HomePage /> };
    case 'c': {
      const category = categories.find((name) => name === key);
      if (!category) break;
      return { title: capital(text(category)), content: <CategoryPage category={category} /> };
    }
    case 'p': {
      const product = catalogue.find(key);
      if (!product) break;
      return {
        title: product.name,
        content: <ProductPage key={`${product.id}/${visit}`} product={product} />,
      };
    }
    case 'search': {
      const q = query.get('q') ?? '';
      return { title: text('search'), content: <SearchPage key={visit} q={q} /> };
    }
    case 'cart':
      return { title: text('cart'), content: <CartPage /> };
    case 'checkout':
      return { title: text('checkout'), content: <CheckoutPage /> };
    case 'sign-in':
      return { title: text('signIn'), content: <SignInPage /> };
    case 'account':
      return { title: text('account'), content: <AccountPage key={visit} /> };
    case 'orders':
      return { title: text('thanks'), content: <ConfirmationPage orderId={decodeURIComponent(key)} /> };
  }
  return {
    title: text('notFoundTitle'),
    content: (
      <Notice
        title={text('notFoundTitle')}
        detail={text('notFound')}
        action={{ label: text('toShop'), to: '/' }}
      />
    ),
  };
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
